/** The console's style sheet: system fonts, one column, light and dark by the reader's choice. */
export const style = `
:root {
  --ground: #f7f7f5; --card: #fff; --ink: #1d2126; --soft: #5d6670; --edge: #d9dcdf;
  --accent: #0b6e57; --accent-ink: #fff;
  --pass: #0b6e57; --clean: #8a5a00; --review: #8a5a00; --block: #b3261e;
  --remove: #ffd4cf; --doubt: #ffe9b3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --card: #1d2125; --ink: #e7eaec; --soft: #9aa4ad; --edge: #353b41;
    --accent: #4cc9a6; --accent-ink: #08251d;
    --pass: #4cc9a6; --clean: #e5b454; --review: #e5b454; --block: #ff8a80;
    --remove: #6b2420; --doubt: #5c4713;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { padding-bottom: 0; }
h1 { margin: 0; font-size: 1.6rem; letter-spacing: -.02em; }
h2 { margin: 1.5rem 0 .4rem; font-size: 1rem; }
header p, #engine, #status { margin: 0; color: var(--soft); }
a { color: var(--accent); }
#form > label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
textarea, pre { width: 100%; margin: 0; padding: .75rem; border: 1px solid var(--edge); border-radius: .5rem;
  background: var(--card); color: inherit; font: .95rem/1.6 ui-monospace, monospace; }
textarea { resize: vertical; }
pre { max-height: 24rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; margin-top: .75rem; }
select, button { min-height: 2.5rem; padding: 0 .9rem; border: 1px solid var(--edge); border-radius: .5rem;
  background: var(--card); color: inherit; font: inherit; }
button { cursor: pointer; }
#check { border-color: transparent; background: var(--accent); color: var(--accent-ink); font-weight: 600; }
button:disabled { opacity: .5; cursor: default; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
mark { border-radius: .2rem; background: var(--remove); color: inherit; }
mark.review { background: var(--doubt); }
#verdict { margin: 1.5rem 0 0; padding: .6rem .9rem; border-left: .3rem solid currentColor; border-radius: .3rem;
  background: var(--card); font-weight: 600; }
#verdict.pass { color: var(--pass); } #verdict.clean { color: var(--clean); }
#verdict.review { color: var(--review); } #verdict.block { color: var(--block); }
.scroll { overflow-x: auto; border: 1px solid var(--edge); border-radius: .5rem; background: var(--card); }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .4rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--edge); }
tbody tr:last-child td { border-bottom: 0; }
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
td:nth-child(3), td:nth-child(6) { text-align: right; font-variant-numeric: tabular-nums; }
#copy { margin-top: .5rem; }
#engine { margin-top: 1.5rem; font-size: .8rem; overflow-wrap: anywhere; }
[hidden] { display: none; }
`;
