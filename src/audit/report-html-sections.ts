import type { Boilerplate } from './boilerplate.ts';
import type { Campaign } from './campaign.ts';
import { escapeHtml } from './escape-html.ts';
import { campaignPicture, timelinePicture } from './report-pictures.ts';
import { counted, type ReportSummary } from './report-summary.ts';
import type { Suppression } from './suppressions.ts';

/** Campaigns that the page has rows of; campaigns.json has more. */
export const HTML_CAMPAIGNS = 200;
const ROWS = 100;
const TERMS = 4;

/** All of the page above the findings. */
export function htmlSections(summary: ReportSummary): string {
  return [
    figures(summary),
    timeline(summary),
    campaigns(summary),
    boilerplate(summary.boilerplate),
    gone(summary),
    suppressions(summary.suppressions),
  ].join('\n');
}

function figures(summary: ReportSummary): string {
  const { baseline, documents, flagged, spans, boilerplateSpans, open, suppressed, errors } = summary;
  const rows: (readonly [string, number])[] = [
    ['documents read', documents],
    ['with findings', flagged],
    ['passages', spans - boilerplateSpans],
    ['campaigns', summary.campaignCount],
    ['to act on', open],
    ...(baseline === null ? [] : Object.entries(baseline)),
    ...(suppressed > 0 ? [['suppressed', suppressed] as const] : []),
    ...(errors > 0 ? [['not readable', errors] as const] : []),
  ];
  const boxes = rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value.toLocaleString('en')}</dd></div>`);
  return `<dl class="figures">${boxes.join('')}</dl>`;
}

function timeline({ timeline: days, flagged }: ReportSummary): string {
  const picture = timelinePicture(days);
  if (picture === '') return '';
  const dated = days.reduce((sum, { documents }) => sum + documents, 0);
  const note = `By the date that a source gives its document; ${dated.toLocaleString('en')} of ${flagged.toLocaleString('en')} have one.`;
  return `<section><h2>When the documents with findings changed</h2>${picture}<p class="soft">${note}</p></section>`;
}

function campaigns({ campaigns: all, campaignCount }: ReportSummary): string {
  if (campaignCount === 0) return '';
  const shown = all.slice(0, HTML_CAMPAIGNS);
  const left = leftOut(campaignCount - shown.length, 'campaign', 'campaigns.json');
  const head =
    '<th>Campaign</th><th class="number">Documents</th><th>Where</th><th>Seen</th><th>Names and targets</th><th>Pages</th>';
  return `<section><h2>Campaigns</h2><p class="soft">The same injection on several documents, told by its words and by what it links to.</p>
${campaignPicture(shown)}<div class="scroll">${table(head, shown.map(campaignRow))}</div>${left}</section>`;
}

function campaignRow(campaign: Campaign): string {
  const { id, name, documents, positions, brands, hosts, phrases } = campaign;
  const terms = [...new Set([...hosts, ...brands].slice(0, TERMS).map(([term]) => term))].join(', ');
  const said = phrases
    .slice(0, TERMS)
    .map(([phrase]) => phrase)
    .join(' · ');
  const where = Object.entries(positions)
    .sort(([, a], [, b]) => b - a)
    .map(([position, spans]) => `${position} ${spans}`);
  return (
    `<td><strong>${id} ${escapeHtml(name)}</strong><div class="soft">${escapeHtml(said)}</div></td>` +
    `<td class="number">${documents.toLocaleString('en')}</td><td>${where.join(', ')}</td><td>${seenText(campaign)}</td>` +
    `<td>${escapeHtml(terms)}</td><td class="buttons"><button type="button" data-filter="${id}" aria-label="Findings of ${id}">Findings</button> ` +
    `<button type="button" data-pages="${id}" aria-expanded="false" aria-label="Pages of ${id}">Pages</button></td>`
  );
}

function seenText({ firstSeen, lastSeen, datesOf }: Campaign): string {
  if (firstSeen === undefined || lastSeen === undefined) return '';
  const [first, last] = [firstSeen.slice(0, 10), lastSeen.slice(0, 10)].map(escapeHtml);
  return `${first === last ? first : `${first} to ${last}`}${datesOf === 'runs' ? '<div class="soft">days of audits</div>' : ''}`;
}

function boilerplate(lines: readonly Boilerplate[]): string {
  if (lines.length === 0) return '';
  const rows = lines
    .slice(0, ROWS)
    .map(
      ({ text, documents, posterior, pages }) =>
        `<td>${escapeHtml(text)}<div class="soft">for instance ${escapeHtml(pages[0] ?? '')}</div></td>` +
        `<td class="number">${documents.toLocaleString('en')}</td><td class="number">${posterior.toFixed(2)}</td>`,
    );
  const head = '<th>Line</th><th class="number">Documents</th><th class="number">P(spam)</th>';
  return `<section><h2>Lines of the site itself</h2><p class="soft">Found on many pages, below certainty, with other numbers each time or over most of the site:
one look at each is enough. They are no findings.</p><div class="scroll">${table(head, rows)}</div>${leftOut(lines.length - rows.length, 'line', 'boilerplate.json')}</section>`;
}

function gone({ gone: findings, baseline }: ReportSummary): string {
  if (baseline === null || baseline.gone === 0) return '';
  const rows = findings
    .slice(0, ROWS)
    .map(
      ({ place, category, text }) =>
        `<td>${escapeHtml(place)}</td><td>${escapeHtml(category)}</td><td>${escapeHtml(text)}</td>`,
    );
  const head = '<th>Page</th><th>Category</th><th>Text</th>';
  return `<section><h2>Gone since the baseline</h2><div class="scroll">${table(head, rows)}</div>${leftOut(baseline.gone - rows.length, 'finding', "the baseline's findings.ndjson")}</section>`;
}

function suppressions(all: readonly Suppression[]): string {
  if (all.length === 0) return '';
  const rows = all.slice(0, ROWS).map(({ fingerprint, author, reason, expires, expired }) => {
    const until = expired ? `<strong>expired</strong> ${expires}` : expires;
    return `<td>${escapeHtml(reason)}</td><td>${escapeHtml(author)}</td><td>${until}</td><td>${escapeHtml(fingerprint)}</td>`;
  });
  const head = '<th>Reason</th><th>Author</th><th>Until</th><th>Fingerprint</th>';
  return `<section><h2>Suppressions</h2><div class="scroll">${table(head, rows)}</div>${leftOut(all.length - rows.length, 'suppression', 'the file of suppressions')}</section>`;
}

function table(head: string, rows: readonly string[]): string {
  const scoped = head.replaceAll('<th', '<th scope="col"');
  return `<table><thead><tr>${scoped}</tr></thead><tbody>${rows.map((row) => `<tr>${row}</tr>`).join('\n')}</tbody></table>`;
}

function leftOut(count: number, noun: string, where: string): string {
  return count > 0 ? `<p class="soft">${counted(count, `more ${noun}`)} in ${where}.</p>` : '';
}
