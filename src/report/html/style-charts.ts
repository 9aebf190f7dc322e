/** Charts: families, curves, heat map. Models: m0 hollow and dashed, m1 filled and solid, then other shapes and dashes. */
export const chartCss = `
.m0{--model:var(--base)}.m1{--model:var(--cand)}.m2{--model:var(--third)}.m3{--model:var(--fourth)}.m4{--model:var(--fifth)}.m5{--model:var(--text)}
.line{fill:none;stroke:var(--model);stroke-width:2}
.m0 .line{stroke-dasharray:5 4}.m2 .line{stroke-dasharray:8 3 2 3}.m3 .line{stroke-dasharray:2 3}.m4 .line{stroke-dasharray:12 3}.m5 .line{stroke-dasharray:6 2 2 2 2 2}
.mark{fill:var(--model)}.m0 .mark{fill:var(--panel);stroke:var(--model);stroke-width:1.8}
.band{fill:var(--cand);opacity:.15}@media (prefers-color-scheme:dark){.band{opacity:.27}}
.grid-line{stroke:var(--line)}.zero{stroke:var(--muted)}
.allowed{fill:var(--soft)}.margin{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:3 3}
.link-line{stroke:var(--base);stroke-width:2;opacity:.5}
.iv{stroke:var(--text);stroke-width:2}.iv-dot{fill:var(--text)}
.is-regressed .iv{stroke:var(--bad);stroke-width:3}.is-regressed .iv-dot{fill:var(--bad)}
.is-better .iv{stroke:var(--good)}.is-better .iv-dot{fill:var(--good)}
.tick{fill:var(--muted);font-size:11px}
.chart svg{display:block;width:100%;height:24px;overflow:visible}
.chart svg svg{width:1px;height:1px}
.chart tfoot svg{height:18px}.chart tfoot td{border:0;padding-top:2px}
.chart .plot{padding-left:12px;padding-right:16px}
.chart td,.chart tbody th{padding-top:2px;padding-bottom:2px}
.chart tbody th{min-width:6.5em;overflow-wrap:anywhere}.chart tbody .main th{white-space:nowrap}.chart tbody .sub th{padding-left:12px}.chart tbody .detail th{padding-left:24px;font-size:12.5px;line-height:1.25;min-width:10.4em}
.chart thead th{white-space:nowrap}
.chart .state{padding-right:0}
.chart tr.is-regressed th,.chart tr.is-regressed .drop{color:var(--bad);font-weight:650}
.family{border-top:1px solid var(--line)}
.few{display:flex;flex-wrap:wrap;gap:0 30px}.few .family{flex:1 1 auto;max-width:100%}.few .family>summary .small{display:none}
.family>summary{display:flex;flex-wrap:wrap;gap:2px 16px;align-items:baseline;padding:9px 0;list-style-position:inside}
.family>summary::before{content:"▸";color:var(--muted);width:1em;margin-right:-8px}.family[open]>summary::before{content:"▾"}
.family>summary::-webkit-details-marker{display:none}
.family>summary .small{margin-left:auto;font-weight:400}
.curves{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,210px),1fr));gap:14px 20px;padding:4px 0 14px}
.curves figure{margin:0;min-width:0;display:flex;flex-direction:column;justify-content:flex-end}.curves figcaption{display:flex;justify-content:space-between;gap:8px;font-size:12.8px;font-weight:600}
.curves figcaption span{font-weight:500;color:var(--muted);white-space:nowrap;font-variant-numeric:tabular-nums}
.curves figcaption .is-regressed{color:var(--bad);font-weight:650}.curves figcaption .is-better{color:var(--good)}
.curves svg{width:100%;height:auto;display:block}
.heat{font-size:12px;width:auto;border-collapse:separate;border-spacing:1px}
.heat td,.heat tbody th,.heat thead th{border:0;padding:0}
.heat tbody th{font-size:13px;padding-right:10px;min-width:0;max-width:15em;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;position:sticky;left:0;background:var(--panel);z-index:1}
.heat thead td{position:sticky;left:0;background:var(--panel)}
.heat td{min-width:38px;height:25px;text-align:center;border-radius:2px}
.heat td{white-space:nowrap}.heat.roomy td{min-width:58px}.heat.tight td{min-width:20px;font-size:10.5px;letter-spacing:-.04em}
.heat .begin{border-left:5px solid var(--panel)}.heat thead th.begin{padding-left:0}
.heat thead th[scope=colgroup]{font-size:11.5px;font-weight:600;color:var(--text);padding-bottom:2px;max-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.heat thead th[scope=colgroup]:last-child{overflow:visible}
.heat .name{vertical-align:bottom;height:7em;text-align:center}
.heat .name span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;line-height:1.2;padding-top:5px;display:inline-block;max-height:13em;overflow:hidden}
.heat tbody tr:first-child:has(+tr) td,.heat tbody tr:first-child:has(+tr) th{font-weight:650}
.heat .name,.heat .name span{font-size:12px}
.h0{background:var(--soft);color:var(--muted)}
.w1{background:#fbdccb;color:#5c1f03}.w2{background:#ef9a6c;color:#2d0e00}.w3{background:#a93a08;color:#fff}
.g1{background:#cfebe2;color:#04493b}.g2{background:#77c6b0;color:#00271f}.g3{background:#0b6f5b;color:#fff}
@media (prefers-color-scheme:dark){
.w1{background:#452a1f;color:#ffc4ab}.w2{background:#8a4220;color:#fff}.w3{background:#ff9a6c;color:#250b00}
.g1{background:#18382f;color:#a5e6d3}.g2{background:#19695a;color:#fff}.g3{background:#5fd8b6;color:#00261e}}
.sure{box-shadow:inset 0 0 0 2px var(--text);font-weight:700}
.swatch{display:inline-block;width:20px;height:14px;border-radius:2px}
.segments.tabs{white-space:normal;row-gap:10px}.tabs>label{order:1}.tabs>legend{order:0}.tabs>.panel{order:2;width:100%;min-width:0;display:none}.tabs>label:has(:checked)+.panel{display:block}.tabs .panel h3{margin:2px 0 8px;font-size:14px}
.settings td{padding-right:18px;vertical-align:top;min-width:9em}.settings tbody th{color:var(--muted);vertical-align:top}
.errors td:not(:last-child){padding-right:18px}
.standings .small{font-weight:400}@media (min-width:721px){.standings .plot{min-width:240px;width:38%}.standings .small{min-width:15em}}
@media (min-width:721px){.few .curves{display:flex;flex-wrap:wrap}.few figure{width:202px}}
@media (max-width:720px){.few .family{width:100%}
.curves{grid-template-columns:repeat(auto-fill,minmax(min(100%,140px),1fr));gap:12px}.curves figcaption{font-size:12.5px;flex-wrap:wrap;gap:0 8px}
.chart{font-size:14px}
.chart thead{display:none}.chart,.chart tbody,.chart tfoot,.chart tr{display:block}
.chart tr{display:grid;grid-template-columns:auto auto 1fr;align-items:baseline;gap:1px 8px;padding:6px 0;border-bottom:1px solid var(--soft)}
.chart td,.chart tbody th,.chart tbody .sub th{border:0;padding:0}.chart tbody .detail th{padding-left:10px}
.chart .plot{grid-column:1/-1;padding:0 8px}.chart tbody th{grid-column:1/-1;grid-row:1;font-weight:600}.chart .state{grid-column:2/-1;grid-row:1;justify-self:end}
.chart .n.cand::before{content:"→";margin-right:8px;color:var(--muted)}.chart.alone .n.cand::before{content:none}
.chart .n{grid-row:2}.chart .drop{grid-column:3;grid-row:2;justify-self:end}.chart .drop::before{content:"drop ";font-weight:400;color:var(--muted)}
.chart .plot.map{grid-row:3}.chart .plot.delta{grid-row:4}
.chart tfoot tr{display:none}
.family>summary .small{margin-left:0}
.chart.standings tr{grid-template-columns:repeat(auto-fill,minmax(82px,1fr))}.chart.standings .n,.chart.standings .plot.map{grid-row:auto}.chart.standings .n{text-align:left}.chart.standings .n::before{content:attr(data-run) " ";color:var(--muted);font-weight:400}.standings .small,.standings .plot.map{grid-column:1/-1}
}
`;
