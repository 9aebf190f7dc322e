import { MODEL_STYLES } from './models.tsx';

/** What the switches of a page do: each shows the boxes of one of its models. */
export function switchCss(models: number): string {
  return Array.from({ length: models }, (_, index) => index)
    .map((index) => `#failures:has(#boxes-${index}:checked) [class*="of-"]:not(.of-${index})`)
    .concat('#failures:has(#boxes-none:checked) [class*="of-"]')
    .join(',')
    .concat('{display:none}');
}

const dashes = ['7 4', 'none', '10 3 2 3', '2 3', '14 4', '6 2 2 2 2 2'].slice(0, MODEL_STYLES);

/** Failure gallery. Kinds of boxes differ in width, filling and label; models in dashes; colours repeat it. */
export const galleryCss = `
.tools{position:sticky;top:0;z-index:4;display:flex;flex-wrap:wrap;gap:6px 18px;align-items:center;background:var(--panel);border-bottom:1px solid var(--line);padding:8px 0;margin-bottom:10px;font-size:13.5px}
.segments{border:0;padding:0;margin:0;display:flex;flex-wrap:wrap;align-items:center;min-width:0;white-space:nowrap}
.segments legend{float:left;padding:0 9px 0 0;color:var(--muted);font-size:13px}
.segments label{position:relative;border:1px solid var(--line);padding:2px 11px;margin-left:-1px;cursor:pointer;line-height:22px}
.segments label:first-of-type{border-radius:6px 0 0 6px}.segments label:last-of-type{border-radius:0 6px 6px 0}
.segments input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer}
.segments label:has(:checked){background:var(--text);color:var(--panel);border-color:var(--text)}
.segments label:has(:focus-visible){outline:2px solid var(--cand);outline-offset:2px;z-index:1}
.check{display:inline-flex;align-items:center;gap:6px;cursor:pointer}.check input{accent-color:var(--cand);margin:0}
.patterns{position:absolute}
.box-legend svg{background:#4d545c;border-radius:4px}
.group{margin:18px 0 8px}.group .count{color:var(--muted);font-weight:400}
.gallery{display:grid;gap:14px}
.shot{border:1px solid var(--line);border-radius:8px;padding:12px 14px;min-width:0;scroll-margin-top:64px}
.shot:target{border-color:var(--cand);box-shadow:0 0 0 1px var(--cand)}
.shot h4 em{font-style:normal}.shot .broken{color:var(--bad)}.shot .fixed{color:var(--good)}
.shot header{margin-bottom:8px}.shot p.small{margin:2px 0 0}.shot p.small a{color:inherit}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,270px),1fr));gap:12px}
@media (min-width:1080px){.shot{display:grid;grid-template-columns:minmax(0,1fr) 270px;grid-template-rows:auto 1fr;gap:0 20px}.shot .pair{grid-column:1;grid-row:1/3}.shot header{grid-column:2;grid-row:1}.shot .words{grid-column:2;grid-row:2}}
.shot .facts{grid-template-columns:1fr;gap:0;font-size:13px}.shot .facts dt{color:var(--text);font-weight:600}.shot .facts dd{margin-bottom:6px}.shot summary{font-size:13px}
.pair figure{margin:0;min-width:0}
.pair figcaption{font-size:13px;color:var(--muted);padding-top:5px;display:flex;flex-wrap:wrap;gap:0 12px}.pair figcaption b{color:var(--text);font-weight:600}
.frame{position:relative;border-radius:5px;overflow:hidden;background:#000;aspect-ratio:var(--ratio);width:min(100%,calc(480px*var(--ratio)))}
.frame img{position:absolute;inset:0;width:100%;height:100%}
.backdrop{background:#000 var(--changed) 0 0/100% 100%;print-color-adjust:exact}
.layer{position:absolute;inset:0;width:100%;height:100%}
.box path{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.box .halo{stroke:#000;stroke-opacity:.6}
.k-found .halo{stroke-width:3.6}.k-found .ink{stroke:#5ad6ff;stroke-width:1.8}
.k-missed .halo{stroke-width:3.4}.k-missed .ink{stroke:#ffd84d;stroke-width:1.6}
.k-lost .halo{stroke-width:5.4}.box.k-lost .ink{stroke:#ff9d3c;stroke-width:3.4;fill:url(#hatch)}
.k-ghost .halo{stroke-width:4.2}.box.k-ghost .ink{stroke:#ff8fd0;stroke-width:2.2;fill:url(#dots)}
.k-moved .halo,.k-renamed .halo{stroke-width:4.2}.k-moved .ink,.k-renamed .ink{stroke:#c9a7ff;stroke-width:2.2}
.k-truth .halo{stroke-width:3}.box.k-truth .ink{stroke:#fff;stroke-width:1.6;stroke-dasharray:1.5 3.5}
.hatch{stroke:#ff9d3c;stroke-width:1;stroke-opacity:.7;fill:none;vector-effect:none}.dots{fill:#ff8fd0;fill-opacity:.85}
${dashes.map((dash, index) => `#failures:has(#boxes-all:checked) .m${index} .box:not(.k-truth) .ink{stroke-dasharray:${dash}}`).join('')}
.tag{position:absolute;z-index:1;font:600 11px/15px system-ui,sans-serif;height:15px;padding:0 4px;white-space:nowrap;color:#10141a;background:#5ad6ff;border-radius:2px;pointer-events:none}
.tag.k-lost{background:#ffb066}.tag.k-missed{background:#ffe383}.tag.k-ghost{background:#ffb3df}.tag.k-moved,.tag.k-renamed{background:#d9c2ff}
#failures:has(#boxes-all:checked) .m0 .tag{outline:1.5px dashed #10141a;outline-offset:-2px}
#failures:not(:has(#boxes-each:checked)) .each,#failures:has(#boxes-each:checked) .changed,#failures:has(#boxes-each:checked):has(#view-original:checked) .each{display:none}
#failures:has(#boxes-each:checked) .original [class*="of-"]{display:none}
#failures:has(#boxes-each:checked) .shot{display:block}#failures:has(#boxes-each:checked) .pair{grid-template-columns:repeat(auto-fit,minmax(min(100%,240px),1fr))}
#failures:not(:has(#show-truth:checked)) .layer.truth,#failures:not(:has(#show-labels:checked)) .tag{display:none}
#failures:has(#view-original:checked) .changed,#failures:has(#view-changed:checked) .original{display:none}
#failures:has(#view-original:checked) .frame,#failures:has(#view-changed:checked) .frame{width:min(100%,calc(720px*var(--ratio)))}
@media (max-width:720px){.tools{position:static;gap:6px 12px}.shot{padding:10px}.segments label{padding:2px 8px}.segments legend{float:none;width:100%}}
`;
