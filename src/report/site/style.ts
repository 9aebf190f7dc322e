/** What the history's page has beside the report's style. */
export const siteCss = `
.trend{position:relative;margin:14px 0 0}
.trend h3{margin:0 0 2px}
.trend svg{display:block;width:100%;overflow:visible}
.trend path{fill:none;vector-effect:non-scaling-stroke}
.t-overall path{stroke:var(--cand);stroke-width:2.4}.t-overall circle{fill:var(--cand)}
.t-clean path{stroke:var(--base);stroke-width:2;stroke-dasharray:6 4}.t-clean circle{fill:var(--base)}
.t-risk path{stroke:var(--warn);stroke-width:2.4}.t-risk circle{fill:var(--warn)}
.break{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:2 3}
.mark{font-size:13px;font-weight:700}
.mark.regressed{fill:var(--bad)}.mark.pass{fill:var(--good)}.mark.inconclusive,.mark.incomplete{fill:var(--warn)}.mark.no-baseline{fill:var(--muted)}
.word{white-space:nowrap;font-weight:600}.word.regressed{color:var(--bad)}.word.pass{color:var(--good)}
.word.inconclusive,.word.incomplete{color:var(--warn)}.word.no-baseline{color:var(--muted);font-weight:500}
.trends{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,250px),1fr));gap:6px 28px}
.trend figcaption{display:flex;justify-content:space-between;gap:8px;font-size:14px;font-weight:600}
.trend figcaption span{font-weight:500;color:var(--muted);white-space:nowrap;font-variant-numeric:tabular-nums}
figure.trend{margin:14px 0 0}
.runs td,.runs th{white-space:nowrap}.runs th .small{font-weight:400}.runs td.model{white-space:normal;min-width:8em}
`;
