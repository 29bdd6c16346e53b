import type { TextDocument } from '../text/document.ts';
import { toSource } from '../text/offsets.ts';
import type { Span } from '../text/span.ts';
import { isWordUnit } from '../text/unit.ts';
import { passedPosteriorOf, posteriorOf } from './calibrate.ts';
import type { Finder, LineFindings } from './find.ts';
import type { Finding } from './finding.ts';
import type { Policy } from './policy.ts';
import { PRIOR } from './segment.ts';
import type { Coverage, InjectedSpan, LineVerdict, Suppressed } from './verdict.ts';

/** What one pass over a document found; spans point into its source. */
export interface Reading {
  readonly spans: readonly InjectedSpan[];
  /** Empty unless asked for. */
  readonly lines: readonly LineVerdict[];
  readonly suppressed: readonly Suppressed[];
  readonly coverage: Coverage;
}

/** Reads every line of a document and keeps what the policy reports. */
export function readLines(
  document: TextDocument,
  finder: Finder,
  policy: Policy,
  { lines = false, explain = false }: { readonly lines?: boolean; readonly explain?: boolean },
): Reading {
  const spans: InjectedSpan[] = [];
  const verdicts: LineVerdict[] = [];
  const suppressed: Suppressed[] = [];
  let count = 0;
  finder.find(document, explain, (found) => {
    count++;
    for (const hit of found.suppressed) suppressed.push({ ...hit, ...toSource(document, hit) });
    const reported = found.findings.filter((finding) => posterior(finding, policy) >= policy.thresholds.review);
    for (const finding of reported) spans.push(injected(document, finding, policy));
    if (lines) verdicts.push(lineVerdict(document, found, reported, policy));
  });
  const coverage: Coverage = { lines: count, characters: document.text.length, truncated: false };
  return { spans, lines: verdicts, suppressed, coverage };
}

function posterior(finding: Finding, policy: Policy): number {
  return posteriorOf(finding, policy.calibration);
}

function injected(document: TextDocument, finding: Finding, policy: Policy): InjectedSpan {
  const certain = posterior(finding, policy);
  return {
    ...toSource(document, finding),
    line: finding.line,
    category: finding.category,
    logOdds: finding.logOdds,
    posterior: certain,
    action: certain >= policy.thresholds.remove ? 'remove' : 'review',
    reasons: finding.reasons.map((reason) => ({ ...reason, ...placed(document, reason) })),
  };
}

function placed(document: TextDocument, { start, end }: { start?: number; end?: number }): Partial<Span> {
  return start === undefined || end === undefined ? {} : toSource(document, { start, end });
}

function lineVerdict(
  document: TextDocument,
  found: LineFindings,
  reported: readonly Finding[],
  policy: Policy,
): LineVerdict {
  const { line, mark } = found;
  const strongest = found.findings.reduce<Finding | null>(
    (best, finding) => (best === null || finding.logOdds > best.logOdds ? finding : best),
    null,
  );
  const passed = found.total - PRIOR;
  return {
    n: line.n,
    ...toSource(document, { start: line.start, end: line.end }),
    kind: mark.kind,
    hidden: mark.hidden,
    label: labelOf(document.text, line, reported),
    logOdds: strongest?.logOdds ?? passed,
    posterior:
      strongest === null
        ? passedPosteriorOf(passed, line.end - line.start, policy.calibration)
        : posterior(strongest, policy),
  };
}

/** `spam` where no word of the line lies outside of its spans. */
function labelOf(text: string, line: Span, spans: readonly Span[]): LineVerdict['label'] {
  if (spans.length === 0) return 'legit';
  let at = line.start;
  for (const { start, end } of [...spans, { start: line.end, end: line.end }]) {
    for (; at < start; at++) if (isWordUnit(text.charCodeAt(at))) return 'mixed';
    at = end;
  }
  return 'spam';
}
