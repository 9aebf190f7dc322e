import { chartCss } from './style-charts.ts';
import { galleryCss } from './style-gallery.ts';

/** Colours: Okabe and Ito's, darkened or lightened for contrast on the ground; few, and none says anything alone. */
const baseCss = `
:root{color-scheme:light dark;--ground:#f5f6f8;--panel:#fff;--text:#171c22;--muted:#535d68;--line:#d8dde3;--soft:#eef1f4;
--base:#66707b;--cand:#0b62b8;--bad:#ad3a06;--good:#006b56;--warn:#745300;--bad-soft:#fdeee6;--good-soft:#e4f4ef;--warn-soft:#fbf2da;--info-soft:#e9f1fb;
--third:#8a2d84;--fourth:#8a5a00;--fifth:#00707a}
@media (prefers-color-scheme:dark){:root{--ground:#0d1014;--panel:#151a20;--text:#e8ebef;--muted:#a0abb7;--line:#2c343e;--soft:#1d242c;
--base:#9aa5b1;--cand:#6ab2ff;--bad:#ff9a73;--good:#52d3ad;--warn:#e8bd55;--bad-soft:#34201a;--good-soft:#12302a;--warn-soft:#322912;--info-soft:#15273c;
--third:#e39add;--fourth:#e3b257;--fifth:#5fd0d8}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:56px}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:anywhere}
main,.top,body>footer{max-width:1240px;margin:0 auto;padding:0 clamp(10px,2.4vw,28px)}
@media (min-width:1600px){main,.top,body>footer{max-width:1480px}}
.skip{position:absolute;left:-999px;top:0;z-index:9;background:var(--panel);padding:8px 14px}.skip:focus{left:8px}
.top{display:flex;flex-wrap:wrap;gap:2px 22px;align-items:baseline;justify-content:space-between;padding-top:12px;padding-bottom:9px;font-size:13.5px;color:var(--muted)}
.top b{color:var(--text);font-weight:650;letter-spacing:-.01em}
.top nav{display:flex;flex-wrap:wrap;gap:2px 15px}
a{color:var(--cand);text-underline-offset:2px}
.top a{color:inherit;text-decoration:none}.top a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--cand);outline-offset:2px;border-radius:3px}
h1{font-size:clamp(18px,2.1vw,25px);line-height:1.28;letter-spacing:-.017em;font-weight:650;margin:8px 0 4px;text-wrap:balance;max-width:56em}
h2{font-size:19px;line-height:1.3;letter-spacing:-.012em;font-weight:650;margin:0 0 4px}
h3{font-size:15px;margin:0;font-weight:650}h4{font-size:14.5px;margin:0;font-weight:600}
p{margin:0 0 8px}
.lead,.note{color:var(--muted);font-size:14px;max-width:86ch;margin:0 0 12px;text-wrap:pretty}
section{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:clamp(13px,1.9vw,24px);margin:0 0 14px}
.verdict{border-top:4px solid var(--tone)}
.badge{display:inline-flex;align-items:center;gap:8px;font-weight:650;font-size:13.5px;color:var(--tone);background:var(--tone-soft);border-radius:99px;padding:3px 13px 3px 4px}
.badge span{display:inline-grid;place-items:center;width:22px;height:22px;border-radius:50%;background:var(--tone);color:var(--panel);font-weight:700;font-size:13px}
.regressed{--tone:var(--bad);--tone-soft:var(--bad-soft)}.pass{--tone:var(--good);--tone-soft:var(--good-soft)}
.inconclusive,.incomplete{--tone:var(--warn);--tone-soft:var(--warn-soft)}.no-baseline{--tone:var(--cand);--tone-soft:var(--info-soft)}
.who{color:var(--muted);font-size:13.5px;margin:0}.who b{color:var(--text);font-weight:600}
.first{display:grid;grid-template-columns:minmax(230px,280px) minmax(0,1fr);gap:8px clamp(20px,3vw,44px);margin-top:14px;align-items:start}
.first:not(:has(.family-chart)){grid-template-columns:1fr}
.cards{display:grid;gap:0;margin:0}
.cards>div{border-top:1px solid var(--line);padding:9px 0 8px}
.cards dt{font-size:13px;color:var(--muted)}.cards dd{margin:0}
.big{font-size:27px;line-height:1.2;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums;white-space:nowrap}
.big .old{color:var(--muted);font-weight:500}.big .arrow{color:var(--muted);font-weight:400;padding:0 .28em}
.small{font-size:13px;color:var(--muted)}
.next{border-left:3px solid var(--cand);background:var(--info-soft);border-radius:0 8px 8px 0;padding:9px 13px 10px;margin:4px 0 0;font-size:13.5px;line-height:1.45}
.next h2{font-size:13px;margin:0 0 1px;letter-spacing:0}.next p{margin:0 0 5px}.next p:last-child{margin:0}
table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--muted);font-size:13px;padding:0 0 6px;max-width:86ch}caption b{color:var(--text);font-weight:650}
th{text-align:left;font-weight:500}
thead th{font-size:12px;color:var(--muted);font-weight:550;border-bottom:1px solid var(--line);padding:3px 9px 5px 0;vertical-align:bottom;overflow-wrap:normal}
thead td{border:0}thead th.span{border:0;padding-bottom:0;text-align:center}
thead small{display:block;font-weight:400;font-size:11.5px;max-width:15em;margin-left:auto;white-space:normal}
td,tbody th{padding:4px 9px 4px 0;border-bottom:1px solid var(--soft);vertical-align:middle}
tr.main>*{font-weight:650}tr.main>.state{font-weight:inherit}
.begin{padding-left:12px}
.n{text-align:right;white-space:nowrap}
tbody th{min-width:6em;overflow-wrap:break-word}tbody th .count{color:var(--muted);font-weight:400;font-size:12px}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:18px clamp(20px,3vw,44px);align-items:start}
.columns>*{min-width:0}
.duo{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:14px;margin-bottom:14px}.duo>section{margin:0}
.scroll{position:relative;overflow-x:auto;background:linear-gradient(90deg,var(--panel) 30%,transparent) 0 0/40px 100%,linear-gradient(270deg,var(--panel) 30%,transparent) 100% 0/40px 100%,linear-gradient(90deg,#0003,transparent) 0 0/10px 100%,linear-gradient(270deg,#0003,transparent) 100% 0/10px 100%;background-repeat:no-repeat;background-attachment:local,local,scroll,scroll}
.nowrap{white-space:nowrap}
.state{white-space:nowrap;font-size:13px;color:var(--muted)}
.state.is-regressed{color:var(--bad);font-weight:650}.state.is-worse{color:var(--warn)}.state.is-better{color:var(--good);font-weight:600}
.legend{display:flex;flex-wrap:wrap;gap:3px 18px;font-size:13px;color:var(--muted);margin:0 0 10px;padding:0;list-style:none}
.legend li{display:inline-flex;align-items:center;gap:7px}.legend svg{flex:none;overflow:visible}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
details summary{cursor:pointer;font-weight:600;font-size:14px;padding:4px 0}
.next details summary{font-size:13px}
.facts{display:grid;grid-template-columns:minmax(110px,max-content) 1fr;gap:5px 20px;font-size:14px;margin:8px 0 0}
.facts dt{color:var(--muted)}.facts dd{margin:0;max-width:86ch}
.mono,code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em}
pre{background:var(--soft);border-radius:6px;padding:8px 12px;margin:8px 0 0;font-size:13px;white-space:pre-wrap}
.notes{margin:14px 0 0;padding:9px 16px 9px 30px;background:var(--soft);border-radius:8px;font-size:13.5px}
.plain,.downloads{margin:8px 0;padding:0;list-style:none;display:grid;gap:5px}
body>footer{color:var(--muted);font-size:13px;padding-top:4px;padding-bottom:36px}
@media (max-width:1120px){.first{grid-template-columns:1fr;gap:14px}.cards{grid-template-columns:repeat(auto-fit,minmax(min(100%,200px),1fr));column-gap:22px}}
@media (max-width:720px){
body{font-size:15px}.top nav{display:none}
.cards{grid-template-columns:1fr 1fr;column-gap:16px}.cards>div:first-child{grid-column:1/-1}.big{font-size:23px}.cards dt span,.cards .extra{display:none}
.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:8px}
tbody th{min-width:5em}td,tbody th,thead th{padding-right:7px}
}
`;

const printCss = `
@media print{body{background:#fff;font-size:12px}section{border-color:#bbb;break-inside:auto}.shot,figure,tr{break-inside:avoid}.top nav,.tools,.skip{display:none}
.tabs>.panel{display:block!important}.tabs>label,.tabs>legend{display:none}
details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none}}
`;

/** The page's only style sheet. */
export const css = baseCss + chartCss + galleryCss + printCss;
