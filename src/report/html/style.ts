/** The page's only style sheet. Colours: Okabe and Ito's, darkened or lightened for contrast on the ground. */
export const css = `
:root{color-scheme:light dark;--ground:#f6f7f8;--panel:#fff;--text:#1a1f26;--muted:#56606b;--line:#d9dee4;--soft:#eef1f4;
--base:#6b7580;--cand:#0b62b8;--bad:#b23c06;--good:#00705a;--warn:#7d5a00;--bad-soft:#fdeee6;--good-soft:#e5f5f0;--warn-soft:#fbf3dc;--info-soft:#e8f1fb}
@media (prefers-color-scheme:dark){:root{--ground:#0e1115;--panel:#161b21;--text:#e7eaee;--muted:#9aa5b1;--line:#2b333d;--soft:#1e252d;
--base:#98a3af;--cand:#62adff;--bad:#ff9066;--good:#4bd0a8;--warn:#e6b84a;--bad-soft:#35201a;--good-soft:#12302a;--warn-soft:#332a12;--info-soft:#15273c}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:anywhere}
main,.top{max-width:1180px;margin:0 auto;padding:0 clamp(12px,3vw,32px)}
.top{display:flex;flex-wrap:wrap;gap:4px 20px;align-items:baseline;justify-content:space-between;padding-top:14px;padding-bottom:10px;font-size:14px;color:var(--muted)}
.top b{color:var(--text);font-weight:650;letter-spacing:-.01em}
.top nav{display:flex;flex-wrap:wrap;gap:2px 16px}
a{color:var(--cand)}
.top a{color:inherit;text-decoration:none}.top a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--cand);outline-offset:2px;border-radius:3px}
h1{font-size:clamp(19px,2.4vw,26px);line-height:1.3;letter-spacing:-.015em;font-weight:650;margin:10px 0 6px;text-wrap:pretty;max-width:44em}
h2{font-size:20px;letter-spacing:-.01em;margin:0 0 4px}
h3{font-size:15px;margin:0}
p{margin:0 0 8px}
.lead,.note{color:var(--muted);font-size:14.5px;max-width:75ch}
section{background:var(--panel);border:1px solid var(--line);border-radius:12px;padding:clamp(14px,2.4vw,26px);margin:0 0 16px}
.verdict{border-top:5px solid var(--tone)}
.badge{display:inline-flex;align-items:center;gap:9px;font-weight:650;font-size:14px;color:var(--tone);background:var(--tone-soft);border-radius:99px;padding:4px 14px 4px 6px}
.badge span{display:inline-grid;place-items:center;width:24px;height:24px;border-radius:50%;background:var(--tone);color:var(--panel);font-weight:700}
.regressed{--tone:var(--bad);--tone-soft:var(--bad-soft)}.pass{--tone:var(--good);--tone-soft:var(--good-soft)}
.inconclusive,.incomplete{--tone:var(--warn);--tone-soft:var(--warn-soft)}.no-baseline{--tone:var(--cand);--tone-soft:var(--info-soft)}
.who{color:var(--muted);font-size:14px;margin:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,230px),1fr));gap:0 28px;margin:18px 0 0;padding:0}
.cards>div{border-top:1px solid var(--line);padding:12px 0 4px}
.cards dt{font-size:13.5px;color:var(--muted)}
.cards dd{margin:0}
.big{font-size:clamp(24px,3vw,30px);font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums;white-space:nowrap}
.big .old{color:var(--muted);font-weight:500}
.small{font-size:13.5px;color:var(--muted)}
.next{border-left:4px solid var(--cand);background:var(--info-soft);border-radius:0 8px 8px 0;padding:10px 16px;margin:16px 0 0}
.next b{display:block;font-size:13.5px}.next p{margin:0}
table{border-collapse:collapse;width:100%;font-size:14.5px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--muted);font-size:13.5px;padding:0 0 8px;max-width:75ch}
th{text-align:left;font-weight:600}
thead th{font-size:12.5px;color:var(--muted);font-weight:550;border-bottom:1px solid var(--line);padding:4px 10px 6px 0;vertical-align:bottom}
td,tbody th{padding:5px 10px 5px 0;border-bottom:1px solid var(--soft);vertical-align:middle}
.n{text-align:right;white-space:nowrap}
thead th{overflow-wrap:normal}tbody th{min-width:6em}
.scroll{overflow-x:auto}
.state{white-space:nowrap;font-size:13.5px;color:var(--muted)}
.state.is-regressed{color:var(--bad);font-weight:650}.state.is-worse{color:var(--warn)}.state.is-better{color:var(--good);font-weight:600}
.chart svg{display:block;width:100%;height:26px;overflow:visible}
.chart tfoot svg{height:18px}.chart tfoot td{border:0;padding-top:2px}
.chart .plot{padding-left:8px;padding-right:14px}
.chart tbody th{min-width:8em;padding-right:14px}.chart tbody th.sub{padding-left:14px;font-weight:500}
.grid-line{stroke:var(--line)}.zero{stroke:var(--muted)}
.allowed{fill:var(--soft)}.margin{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:3 3}
.b-dot{fill:none;stroke:var(--base);stroke-width:2}.c-dot{fill:var(--cand)}
.link-line{stroke:var(--base);stroke-width:2;opacity:.55}
.iv{stroke:var(--text);stroke-width:2}.iv-dot{fill:var(--text)}
.is-regressed .iv,.iv.is-regressed{stroke:var(--bad);stroke-width:3}.iv-dot.is-regressed{fill:var(--bad)}
.iv.is-better{stroke:var(--good)}.iv-dot.is-better{fill:var(--good)}
.tick{fill:var(--muted);font-size:11px}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;font-size:13.5px;color:var(--muted);margin:8px 0 12px;padding:0;list-style:none}
.legend li{display:inline-flex;align-items:center;gap:7px}.legend svg{flex:none}
.curves{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,215px),1fr));gap:20px 22px;margin-top:12px}
.curves figure{margin:0}.curves figcaption{display:flex;justify-content:space-between;gap:8px;font-size:14px;font-weight:600}
.curves figcaption span{font-weight:500;color:var(--muted);white-space:nowrap}.curves figcaption .is-regressed{color:var(--bad);font-weight:650}
.curves svg{width:100%;height:auto;display:block}
.c-line{fill:none;stroke:var(--cand);stroke-width:2.2}.b-line{fill:none;stroke:var(--base);stroke-width:2;stroke-dasharray:5 4}
.band{stroke:var(--cand);stroke-width:5;opacity:.22}
.gallery{display:grid;gap:18px;margin-top:12px}
@media (min-width:1500px){main,.top{max-width:1500px}.gallery{grid-template-columns:1fr 1fr}}
.shot{border:1px solid var(--line);border-radius:10px;padding:12px;min-width:0}
.shot header{display:grid;grid-template-columns:1fr auto;align-items:start;gap:6px 16px;margin-bottom:10px}
@media (max-width:560px){.shot header{grid-template-columns:1fr}}
.shot code{font-size:13px;color:var(--muted)}
.shot h3 em{font-style:normal;color:var(--bad)}
.views{border:0;padding:0;margin:0;display:flex;align-self:start;font-size:13px}
.views label{position:relative;border:1px solid var(--line);padding:3px 10px;margin-left:-1px;cursor:pointer;line-height:22px}
.views label:first-of-type{border-radius:6px 0 0 6px}.views label:last-of-type{border-radius:0 6px 6px 0}
.views input{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer}
.views label:has(:checked){background:var(--text);color:var(--panel);border-color:var(--text)}
.views label:has(:focus-visible){outline:2px solid var(--cand);outline-offset:2px}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:10px}
.pair figure{margin:0;min-width:0}.pair figcaption{font-size:13px;color:var(--muted);padding-top:4px}
.frame{position:relative;line-height:0;border-radius:6px;overflow:hidden;background:#000}
.frame img{width:100%;height:auto}.frame svg{position:absolute;inset:0;width:100%;height:100%}
.shot:has(.v-original:checked) .changed,.shot:has(.v-changed:checked) .original{display:none}
.shot:has(.v-original:checked) .pair,.shot:has(.v-changed:checked) .pair{max-width:860px}
#failures:has(#boxes:not(:checked)) .frame svg{display:none}
.box{fill:none;vector-effect:non-scaling-stroke}
.halo{stroke:#000;stroke-opacity:.55}
.box-found .halo{stroke-width:3.5}.box-found .ink{stroke:#58d5ff;stroke-width:1.7}
.box-truth .halo{stroke-width:3}.box-truth .ink{stroke:#fff;stroke-width:1.4;stroke-dasharray:1.5 3.5}
.box-lost .halo{stroke-width:5}.box-lost .ink{stroke:#ff9d3c;stroke-width:3;stroke-dasharray:9 4}
.box-spurious .halo{stroke-width:4}.box-spurious .ink{stroke:#ff8fd0;stroke-width:2.2;stroke-dasharray:3 2.5}
.box-label{font:600 12px system-ui,sans-serif;fill:#111}
.box-lost .plate{fill:#ffb469}.box-spurious .plate{fill:#ffb3df}
details summary{cursor:pointer;font-weight:600;padding:4px 0}
.facts{display:grid;grid-template-columns:minmax(120px,max-content) 1fr;gap:6px 20px;font-size:14.5px;margin:10px 0 0}
.facts dt{color:var(--muted)}.facts dd{margin:0}
.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9em}
.notes{margin:12px 0 0;padding:10px 16px 10px 32px;background:var(--soft);border-radius:8px;font-size:14.5px}
.bar{display:inline-block;height:8px;border-radius:2px;background:var(--cand);vertical-align:middle;min-width:1px}
footer{color:var(--muted);font-size:13px;padding:4px 0 40px}
@media (max-width:720px){
.wide{display:none}table{font-size:13.5px}.scroll td,.scroll th{padding-right:7px}.scroll td:last-child{padding-right:0}tbody th{min-width:4.5em}.chart{font-size:14.5px}
.top nav{display:none}
.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:8px}
.chart thead{display:none}.chart,.chart tbody,.chart tfoot,.chart tr{display:block}
.chart tr{display:grid;grid-template-columns:auto auto 1fr;align-items:baseline;gap:2px 8px;padding:8px 0;border-bottom:1px solid var(--soft)}
.chart td,.chart tbody th{border:0;padding:0}.chart tbody th.sub{padding-left:0;font-weight:600}
.chart .plot{grid-column:1/-1;padding:0 8px}.chart tbody th,.chart .state{grid-column:1/-1;grid-row:1}.chart .state{justify-self:end}.chart .n.cand::before{content:"→";margin-right:8px;color:var(--muted)}
.chart.alone .n.cand::before{content:none}
.chart .n{grid-row:2}.chart .drop{grid-column:3;font-weight:600}.chart .drop::before{content:"drop ";font-weight:400;color:var(--muted)}
.chart .plot.map{grid-row:3}.chart .plot.delta{grid-row:4}.chart tfoot td:not(.plot),.chart tfoot th{display:none}
.chart tfoot tr{display:none}}
@media print{body{background:#fff}section{break-inside:avoid;border-color:#bbb}.top nav,.views,.toggle{display:none}details::details-content{content-visibility:visible;block-size:auto}}
`;
