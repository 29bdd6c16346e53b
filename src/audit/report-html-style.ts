/** The look of the report: light and dark as the reader's system, and on paper. */
export const HTML_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1a1c1f,#e8e8e6);--soft:light-dark(#5c6066,#a5a9ae);--line:light-dark(#d9dbde,#3a3d42);
--panel:light-dark(#f5f6f7,#222529);--page:light-dark(#fff,#17191c);--hot:light-dark(#b3261e,#f2786d);--warm:light-dark(#8a5a00,#e0b050);
--mark:light-dark(#ffd9d4,#5b211c);font:15px/1.5 system-ui,sans-serif}
body{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 4rem;color:var(--ink);background:var(--page)}
h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2.2rem 0 .6rem}h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
.lead{font-size:1.1rem;max-width:60rem}.soft{color:var(--soft);font-size:.9rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.6rem;margin:1rem 0;padding:0}
.figures div{background:var(--panel);border-radius:.5rem;padding:.6rem .8rem}.figures dt{color:var(--soft);font-size:.85rem}
.figures dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}
svg{display:block;margin:.4rem 0 1rem;max-width:100%}.column,.bar{fill:var(--hot)}.axis{stroke:var(--line)}.name{fill:var(--ink);font-size:13px}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .7rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
th{color:var(--soft);font-weight:600;font-size:.85rem}td{overflow-wrap:anywhere}
button,select,input{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:.4rem;padding:.25rem .6rem;max-width:100%}
button{cursor:pointer}:focus-visible{outline:2px solid var(--hot);outline-offset:2px}
textarea{display:block;width:100%;box-sizing:border-box;margin:.4rem 0;font:13px/1.4 ui-monospace,monospace;color:inherit;background:var(--panel);border:1px solid var(--line)}
.filters{display:flex;flex-wrap:wrap;gap:.5rem .8rem;background:var(--page);padding:.6rem 0;border-bottom:1px solid var(--line);z-index:1}
@media (min-width:60rem){.filters{position:sticky;top:0}}
.filters label{display:grid;font-size:.8rem;color:var(--soft)}.filters label *{color:var(--ink);font-size:.95rem}.filters select{max-width:14rem}
#findings{list-style:none;margin:0;padding:0}#findings li{border-left:3px solid var(--hot);padding:.1rem .9rem;margin:1.1rem 0;content-visibility:auto;contain-intrinsic-size:auto 7rem}
#findings li.review{border-color:var(--warm)}#findings li.closed{border-color:var(--line)}
.context{overflow-wrap:anywhere;white-space:pre-wrap;margin:.3rem 0}mark{background:var(--mark);color:inherit;border-radius:.2rem;padding:0 .15rem}
[hidden]{display:none!important}td.buttons{white-space:nowrap}
@media print{:root{color-scheme:light}.filters,button{display:none}#findings li{break-inside:avoid;content-visibility:visible}body{max-width:none;padding:0}}`;
