import { isOpen, type Finding } from './finding.ts';
import { counted, headline, type ReportSummary } from './report-summary.ts';
import { placeName } from './source.ts';

/** Rows of each table: together they stay at half of the 65,536 units that a comment on a pull request takes. */
const CAMPAIGNS = 20;
/** Findings that a reviewer reads; the rest is counted. */
export const MOST_MARKDOWN_FINDINGS = 50;
const GONE = 20;
const LINES = 10;

/** The summary for a pull request. Whatever comes from documents stands in code spans: no link, mention or markup of it lives. */
export function markdownReport(summary: ReportSummary, openFindings: readonly Finding[]): string {
  const parts = [
    `## linesieve audit\n\n${headline(summary)}\n`,
    judged(summary),
    campaignTable(summary),
    findingTable(summary, openFindings),
    boilerplateTable(summary),
    goneList(summary),
    expiredList(summary),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function judged({ baseline, open, suppressed }: ReportSummary): string {
  const against =
    baseline === null ? [] : [`${baseline.new} new, ${baseline.unchanged} unchanged, ${baseline.gone} gone`];
  return `${[`${open} open`, ...against, ...(suppressed > 0 ? [`${suppressed} suppressed`] : [])].join(' · ')}\n`;
}

function campaignTable({ campaigns, campaignCount }: ReportSummary): string {
  if (campaignCount === 0) return '';
  const rows = campaigns
    .slice(0, CAMPAIGNS)
    .map(({ id, name, documents, positions, firstSeen = '', lastSeen = '' }) => {
      const seen =
        firstSeen.slice(0, 10) === lastSeen.slice(0, 10)
          ? firstSeen.slice(0, 10)
          : `${firstSeen.slice(0, 10)} to ${lastSeen.slice(0, 10)}`;
      return `| ${id} | ${code(name)} | ${documents} | ${Object.keys(positions).join(', ')} | ${seen} |\n`;
    });
  return `### Campaigns\n\n| | name | documents | where | seen |\n|---|---|---|---|---|\n${rows.join('')}${more(campaignCount - rows.length, 'campaign', 'campaigns.json')}`;
}

function findingTable({ open }: ReportSummary, findings: readonly Finding[]): string {
  if (open === 0) return '';
  const rows = findings.filter(isOpen).slice(0, MOST_MARKDOWN_FINDINGS);
  const lines = rows.map(({ row, span, campaign, state }) => {
    const cells = [code(placeName(row.place)), span.line, span.action, campaign, state ?? '', code(span.text)];
    return `| ${cells.join(' | ')} |\n`;
  });
  return `### Open findings\n\n| where | line | | campaign | | text |\n|---|---|---|---|---|---|\n${lines.join('')}${more(open - rows.length, 'finding', 'findings.ndjson')}`;
}

function boilerplateTable({ boilerplate }: ReportSummary): string {
  if (boilerplate.length === 0) return '';
  const rows = boilerplate.slice(0, LINES).map(({ text, documents }) => `| ${documents} | ${code(text)} |\n`);
  return `### Lines of the site itself\n\nBelow certainty and on many pages: one look at each is enough.\n\n| documents | line |\n|---|---|\n${rows.join('')}${more(boilerplate.length - rows.length, 'line', 'boilerplate.json')}`;
}

function goneList({ gone, baseline }: ReportSummary): string {
  if (baseline === null || baseline.gone === 0) return '';
  const rows = gone.slice(0, GONE).map(({ place, text }) => `- ${code(place)}: ${code(text)}\n`);
  return `### Gone since the baseline\n\n${rows.join('')}${more(baseline.gone - rows.length, 'finding', 'the baseline')}`;
}

function expiredList({ suppressions }: ReportSummary): string {
  const rows = suppressions
    .filter(({ expired }) => expired)
    .slice(0, GONE)
    .map(
      ({ fingerprint, author, reason, expires }) =>
        `- ${code(fingerprint)} (${code(author)}, until ${expires}): ${code(reason)}\n`,
    );
  return rows.length === 0 ? '' : `### Suppressions that have expired\n\n${rows.join('')}`;
}

function more(count: number, noun: string, where: string): string {
  return count > 0 ? `\n${counted(count, `more ${noun}`)} in ${where}.\n` : '';
}

const SHOWN = 100;

/** A code span of one line, with a fence longer than any within. A bar would end a cell of a table even there. */
function code(text: string): string {
  const line = text
    .slice(0, SHOWN)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll('|', '¦')
    .trim();
  const fence = '`'.repeat(1 + Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length)));
  return line === '' ? '' : `${fence} ${line} ${fence}`;
}
