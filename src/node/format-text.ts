import type { InjectedSpan, Verdict } from '../verdict/verdict.ts';

/** How much honest text is shown before a span. */
const CONTEXT = 24;
/** A longer span is shown by its beginning and end. */
const SHOWN = 160;

/** Marks spans: in colour on a terminal that wants it, in brackets elsewhere. */
export interface Style {
  readonly span: (text: string) => string;
  readonly head: (text: string) => string;
  readonly dim: (text: string) => string;
}

const PLAIN: Style = { span: (text) => `⟦${text}⟧`, head: (text) => text, dim: (text) => text };
const COLOUR: Style = {
  span: (text) => `\u001b[97;41m${text}\u001b[0m`,
  head: (text) => `\u001b[1m${text}\u001b[0m`,
  dim: (text) => `\u001b[2m${text}\u001b[0m`,
};

/** Colour only on a terminal, never with `NO_COLOR` (no-color.org). */
export function styleFor(isTerminal: boolean, environment: NodeJS.ProcessEnv): Style {
  const wanted = isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
  return wanted ? COLOUR : PLAIN;
}

/** A verdict for people: one line for the document, then each span in its context with what speaks for it. */
export function formatText(verdict: Verdict, source: string, style: Style, explain: boolean): string {
  const { spans } = verdict;
  const summary = spans.length === 0 ? 'nothing found' : `${spans.length} span${spans.length === 1 ? '' : 's'}`;
  const rows = [
    `${style.head(`${verdict.id}: ${verdict.verdict}`)} (${summary}, ${verdict.coverage.lines} lines read)`,
  ];
  for (const span of spans) rows.push(...formatSpan(span, source, style, explain));
  for (const line of verdict.lines ?? []) {
    const score = `${line.logOdds.toFixed(1).padStart(8)}  ${line.posterior.toFixed(5)}`;
    rows.push(
      `  ${String(line.n).padStart(5)}  ${line.label.padEnd(5)} ${score}  ${cut(source.slice(line.start, line.end))}`,
    );
  }
  return `${rows.join('\n')}\n`;
}

function formatSpan(span: InjectedSpan, source: string, style: Style, explain: boolean): string[] {
  const column =
    span.start - (Math.max(source.lastIndexOf('\n', span.start - 1), source.lastIndexOf('\r', span.start - 1)) + 1) + 1;
  const before = source.slice(Math.max(span.start - CONTEXT, span.start - column + 1), span.start);
  const facts = `${span.category}, ${span.action}, P(spam) ${span.posterior.toFixed(4)}, log-odds ${span.logOdds.toFixed(1)}`;
  const rows = [
    `  ${span.line}:${column}  ${facts}`,
    `    ${before}${style.span(cut(source.slice(span.start, span.end)))}`,
  ];
  for (const reason of span.reasons) {
    const top =
      explain && reason.top !== undefined
        ? `  ${reason.top.map(([name, weight]) => `${name} ${weight.toFixed(1)}`).join(', ')}`
        : '';
    rows.push(style.dim(`      ${signed(reason.weight).padStart(7)}  ${reason.code}${top}`));
  }
  return rows;
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`;
}

function cut(text: string): string {
  const line = text.replace(/[\r\n\t\u0000-\u001f\u007f]/g, ' ');
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN - 40)} … ${line.slice(-30)}`;
}
