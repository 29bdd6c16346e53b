import { isOpen, reasonsText, type Finding } from './finding.ts';
import { placeName } from './source.ts';

/** Cases of a report: what viewers of JUnit files still open. More are counted, not written. */
export const MOST_JUNIT_CASES = 10_000;
const SHOWN = 500;

export interface JunitFigures {
  readonly documents: number;
  readonly errors: number;
  readonly seconds: number;
  /** Findings that are no case of the report. */
  readonly leftOut: number;
  /** Findings of the baseline that are gone. */
  readonly gone: number;
}

/** A case for a finding: failed where it is open, skipped where it is unchanged, suppressed or boilerplate. */
export function junitCase(finding: Finding): string {
  const { row, span } = finding;
  const name = `line ${span.line}: ${span.category}${finding.campaign === '' ? '' : `, campaign ${finding.campaign}`}`;
  const outcome = isOpen(finding) ? failureOf(finding) : `<skipped message="${attribute(whyNotOpen(finding))}"/>`;
  return `<testcase classname="${attribute(placeName(row.place))}" name="${attribute(name)}">${outcome}</testcase>\n`;
}

/** The whole file, in parts. `failed`: how many of the cases failed. A run without findings has one case, which passed. */
export function* junitReport(cases: readonly string[], failed: number, figures: JunitFigures): Generator<string, void> {
  const { documents, errors, seconds, leftOut, gone } = figures;
  const all = cases.length > 0 ? cases : [`<testcase classname="linesieve" name="${documents} documents read"/>\n`];
  const counts = `tests="${all.length}" failures="${failed}" skipped="${cases.length - failed}" errors="0" time="${seconds}"`;
  const told = [
    ['documents', documents],
    ['unreadable', errors],
    ['gone', gone],
    ['leftOut', leftOut],
    ['allFindings', 'findings.ndjson'],
  ];
  const properties = told.map(([name, value]) => `<property name="${name}" value="${value}"/>`).join('');
  yield `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="linesieve audit" ${counts}>
<testsuite name="linesieve audit" ${counts}>
<properties>${properties}</properties>
`;
  yield* all;
  yield '</testsuite>\n</testsuites>\n';
}

function failureOf(finding: Finding): string {
  const { span } = finding;
  const message = `injected ${span.category} text, P(spam) ${span.posterior.toFixed(4)}`;
  const body = `${span.before}⟦${span.text.slice(0, SHOWN)}⟧${span.after}\n${reasonsText(finding)}`;
  return `<failure type="${span.action}" message="${attribute(message)}">${escaped(body)}</failure>`;
}

function whyNotOpen({ boilerplate, suppression, pages }: Finding): string {
  if (boilerplate) return `a line of the site on ${pages} pages`;
  if (suppression === null) return 'unchanged since the baseline';
  return `suppressed by ${suppression.author} until ${suppression.expires}: ${suppression.reason}`;
}

function attribute(text: string): string {
  return escaped(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, ' ');
}

/** Units that XML 1.0 cannot hold, even as references, become replacement characters. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
