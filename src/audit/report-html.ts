import { escapeHtml } from './escape-html.ts';
import { isOpen, reasonsText, type Finding } from './finding.ts';
import { readableText } from './readable-text.ts';
import { HTML_SCRIPT } from './report-html-script.ts';
import { htmlSections, HTML_CAMPAIGNS } from './report-html-sections.ts';
import { HTML_STYLE } from './report-html-style.ts';
import { headline, type ReportSummary } from './report-summary.ts';
import { placeName } from './source.ts';

/** Opens within two seconds in Chromium; more findings are counted, not shown. */
export const MOST_HTML_FINDINGS = 10_000;
/** Units of a span that the page shows: three lines. */
const SHOWN = 300;
/** Units of an address or of the reasons. */
const LONGEST = 500;
/** Pages of a campaign that can be copied from the page; campaigns.json has more. */
const PAGES = 200;

/** A finding as the page's script reads it; the script names the columns in the same order. */
export type HtmlFinding = readonly (string | number)[];

/** Short enough for ten thousand of them. */
export function htmlFinding(finding: Finding): HtmlFinding {
  const { row, span, campaign, fingerprint, state, suppression, pages } = finding;
  const long = span.text.length > SHOWN;
  const judged = suppression === null ? (state ?? '') : 'suppressed';
  return [
    placeName(row.place).slice(0, LONGEST),
    span.category,
    span.action,
    Number(span.posterior.toFixed(4)),
    span.position,
    campaign,
    span.before,
    (row.contentType === 'text/html' ? readableText(span.text) : span.text).slice(0, SHOWN),
    long ? '…' : span.after,
    reasonsText(finding).slice(0, LONGEST),
    row.verdict,
    judged,
    span.line,
    pages,
    fingerprint,
    isOpen(finding) ? 1 : 0,
  ];
}

/**
 * The whole page, in parts: as one string of some megabytes it would exist four times over before it is written. No outside request, and nothing of
 * the documents is ever read as markup.
 */
export function* htmlReport(
  summary: ReportSummary,
  findings: readonly HtmlFinding[],
  leftOut: number,
): Generator<string, void> {
  const pages = summary.campaigns.slice(0, HTML_CAMPAIGNS).map((each) => [each.id, each.pages.slice(0, PAGES)]);
  const names = summary.campaigns.slice(0, HTML_CAMPAIGNS).map(({ id, name }) => [id, name]);
  const data = { leftOut, pages: Object.fromEntries(pages), names: Object.fromEntries(names) };
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>linesieve audit</title><style>${HTML_STYLE}</style></head><body>
<main><h1>What was injected</h1><p class="lead">${escapeHtml(headline(summary))}</p>
${htmlSections(summary)}
<section aria-labelledby="findings-title"><h2 id="findings-title" tabindex="-1">Findings</h2><p id="left-out" class="soft"></p>
<form class="filters" id="filters"><label>Page or text<input id="search" type="search"></label>
${select('campaign', 'Campaign')}${select('category', 'Category')}${select('position', 'Place')}${select('verdict', 'Verdict')}${select('action', 'Action')}${select('state', 'State')}
<span id="count" role="status"></span></form>
<ol id="findings"></ol><button id="more" type="button">Show more</button></section></main>
<script type="application/json" id="data">{"findings":[`;
  for (const [i, finding] of findings.entries()) yield `${i === 0 ? '' : ','}${jsonInMarkup(finding)}`;
  yield `],${jsonInMarkup(data).slice(1)}</script><script>${HTML_SCRIPT}</script></body></html>
`;
}

function jsonInMarkup(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function select(id: string, label: string): string {
  return `<label>${label}<select id="${id}"></select></label>`;
}
