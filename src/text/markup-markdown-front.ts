import type { LineKind } from './document.ts';
import type { MarkdownFindings } from './markup-markdown-marks.ts';

const KINDS: ReadonlyMap<string, LineKind> = new Map([
  ['title', 'title'],
  ['description', 'description'],
  ['summary', 'description'],
  ['excerpt', 'description'],
  ['keywords', 'description'],
]);
/** A line of YAML or TOML: a key, its value, a quote around it. */
const ENTRY = /^([\w-]+)[ \t]*[:=][ \t]*(?:[>|][-+]?(?=[ \t]*$))?/;

/**
 * Reads the lines between `---` (YAML) or `+++` (TOML) at the start of a Markdown source: titles and descriptions are lines
 * of their kind without their keys, other lines are text as they stand. Returns where the Markdown starts.
 */
export function readFrontMatter(source: string, findings: MarkdownFindings): number {
  const opening = /^\uFEFF?(---|\+\+\+)[ \t]*\r?\n/.exec(source);
  if (opening === null) return 0;
  const closing = new RegExp(opening[1] === '---' ? '^(?:---|\\.\\.\\.)[ \\t]*$' : '^\\+\\+\\+[ \\t]*$', 'gm');
  closing.lastIndex = opening[0].length;
  const end = closing.exec(source);
  if (end === null) return 0;
  findings.marks.push({ kind: 'drop', start: 0, end: opening[0].length });
  readEntries(source, opening[0].length, end.index, findings);
  findings.marks.push({ kind: 'drop', start: end.index, end: end.index + end[0].length });
  return end.index + end[0].length;
}

function readEntries(source: string, from: number, to: number, findings: MarkdownFindings): void {
  let start = from;
  let kind: LineKind | undefined;
  while (start < to) {
    const feed = source.indexOf('\n', start);
    const end = feed < 0 || feed >= to ? to : feed;
    const entry = ENTRY.exec(source.slice(start, end));
    if (entry !== null) kind = KINDS.get(entry[1].toLowerCase());
    if (kind !== undefined) enter(source, start, end, entry?.[0].length ?? 0, kind, findings);
    start = end + 1;
  }
  for (let at = from; at < to; at++) if (source[at] === '<' || source[at] === '&') findings.blots.push(at);
}

/** Leaves out the key, the bullet of a list and the quotes. */
function enter(
  source: string,
  start: number,
  end: number,
  key: number,
  kind: LineKind,
  findings: MarkdownFindings,
): void {
  const value = source.slice(start + key, end);
  const lead = /^[ \t]*(?:-[ \t]+)?["']?/.exec(value)?.[0].length ?? 0;
  const trimmed = value.trimEnd();
  const tail = value.length - trimmed.length + (/["']$/.test(trimmed) ? 1 : 0);
  const until = Math.max(start + key + lead, end - tail);
  findings.marks.push(
    { kind: 'enter', start, end: start + key + lead, until, mark: { kind, hidden: false } },
    { kind: 'drop', start: until, end: Math.max(until, end) },
  );
}
