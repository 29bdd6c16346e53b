import type { Campaign } from './campaigns.ts';
import type { FindingRow } from './finding-row.ts';
import { HTML_SCRIPT } from './report-html-script.ts';
import { placeName } from './source.ts';

/** Opens within two seconds in Chromium; more findings are counted, not shown. */
export const MOST_HTML_FINDINGS = 10_000;
/** Units of a span that the page shows: three lines. */
const SHOWN = 300;

/** What the head of the page says. */
export interface HtmlFigures {
  readonly documents: number;
  readonly flagged: number;
  readonly spans: number;
  readonly errors: number;
  readonly leftOut: number;
}

const STYLE = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:70rem;margin:2rem auto;padding:0 1rem}
.figures{display:flex;flex-wrap:wrap;gap:1.5rem;margin:1rem 0}.figures b{display:block;font-size:1.6rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8884;vertical-align:top}
.bar{background:#c33;height:.8rem;display:block;min-width:2px}
.filters{display:flex;flex-wrap:wrap;gap:.6rem;position:sticky;top:0;background:Canvas;padding:.6rem 0}
article{border-left:3px solid #c33;padding:.2rem .8rem;margin:.8rem 0;overflow-wrap:anywhere}
mark{background:#fbb;color:#300}.dim{opacity:.7;font-size:.9em}
@media print{.filters,button{display:none}article{break-inside:avoid}}`;

/** One finding as the page's script reads it: place, category, action, posterior, position, campaign, before, text, after, reasons. */
export function htmlFindings(row: FindingRow, campaignOf: (index: number) => string): unknown[][] {
  return row.spans.map((span, i) => [
    placeName(row.place),
    span.category,
    span.action,
    Number(span.posterior.toFixed(4)),
    span.position,
    campaignOf(i),
    span.before,
    span.text.slice(0, SHOWN),
    span.text.length > SHOWN ? '…' : span.after,
    span.reasons.map(({ code, weight }) => `${weight >= 0 ? '+' : ''}${weight.toFixed(1)} ${code}`).join(', '),
  ]);
}

/** The whole page: no outside request, and nothing of the documents is ever read as markup. */
export function htmlReport(
  figures: HtmlFigures,
  campaigns: readonly Campaign[],
  findings: readonly unknown[][],
): string {
  const data = JSON.stringify({ figures, campaigns, findings }).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>linesieve audit</title><style>${STYLE}</style></head><body>
<h1>What was injected</h1><div class="figures" id="figures"></div><p id="left-out"></p>
<h2>Campaigns</h2><table><thead><tr><th>Campaign</th><th>Pages</th><th></th><th>Where</th><th></th></tr></thead><tbody id="campaigns"></tbody></table>
<h2>Findings</h2><div class="filters"><input id="search" type="search" placeholder="Page or text" aria-label="Page or text">
<select id="category" aria-label="Category"></select><select id="campaign" aria-label="Campaign"></select>
<select id="action" aria-label="Action"></select><span id="count" role="status"></span></div>
<div id="findings"></div><button id="more" type="button">Show more</button>
<script type="application/json" id="data">${data}</script><script>${HTML_SCRIPT}</script></body></html>
`;
}
