import type { Model } from '../bayes/model.ts';
import type { CompiledRules } from '../rules/compile.ts';
import type { LineMark, TextDocument } from '../text/document.ts';
import { LineWalker, type Line } from '../text/lines.ts';
import { isMostlySpaced, isWordUnit } from '../text/unit.ts';
import { categoryOf } from './category.ts';
import { Context } from './context.ts';
import { EvidenceTable } from './evidence.ts';
import { topFeatures } from './explain.ts';
import { joinFindings, withReasons, type Finding } from './finding.ts';
import { isHeard, learnedEvidence } from './learned.ts';
import { LineScorer, type ScoredSpan } from './score.ts';
import type { Reason, Suppressed } from './verdict.ts';

/** A longer line is read in windows, so that memory stays the same whatever a line is: 64 Ki units take 1.5 MB of buffers. */
const WINDOW = 65536;
/** How far back a window looks for a mark or blank to end at. */
const WINDOW_SLACK = 256;

/** Less is rounding of sums. Natural-log odds. */
const LEAST_REASON = 1e-4;

const PLAIN: LineMark = { kind: 'text', hidden: false };

/** What one line came to: its findings and, for a line without any, how far from spam it is (natural-log odds). */
export interface LineFindings {
  readonly line: Line;
  readonly mark: LineMark;
  readonly total: number;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
}

/** Finds injected stretches line by line. Holds the tables and buffers of one model and one rule set. */
export class Finder {
  readonly #model: Model;
  readonly #rules: CompiledRules;
  readonly #scorer: LineScorer;
  readonly #base: Int8Array | null;

  /** `base`: the model that samples were added to, where `model` has any. */
  constructor(model: Model, rules: CompiledRules, base: Model | null = null) {
    this.#model = model;
    this.#rules = rules;
    this.#base = base === null || base.digest === model.digest ? null : base.weights;
    this.#scorer = new LineScorer(new EvidenceTable(model.weights, rules.starts.ngrams), rules);
  }

  /** Calls `visit` for each line in order. The line object is reused: copy what must outlive the call. */
  find(document: TextDocument, explain: boolean, visit: (found: LineFindings) => void): void {
    const walker = new LineWalker(document.text);
    const context = new Context(document);
    while (walker.advance()) {
      const mark = document.marks?.[walker.n - 1] ?? PLAIN;
      const found = this.#line(document.text, walker, mark, explain);
      visit(found.findings.length === 0 ? found : inContext(found, context));
    }
  }

  #line(text: string, line: Line, mark: LineMark, explain: boolean): LineFindings {
    const findings: Finding[] = [];
    const suppressed: Suppressed[] = [];
    let total = 0;
    for (let from = line.start; from < line.end;) {
      const to = windowEnd(text, from, line.end);
      const spans = this.#scorer.score(text, from, to, mark.hidden);
      total += this.#scorer.total;
      if (this.#scorer.found.allowed.length > 0) this.#addSuppressed(suppressed);
      for (const span of spans) {
        const learned = this.#learned(span);
        const finding = this.#finding(span, learned, line.n, explain);
        // Found by what samples said, which was too little to be heard: the base alone would not have found it.
        if (isHeard(learned) || finding.logOdds > 0) append(text, findings, finding);
      }
      from = to;
    }
    return { line, mark, total, findings, suppressed };
  }

  #finding(span: ScoredSpan, learned: number, line: number, explain: boolean): Finding {
    const { folded } = this.#scorer;
    const reasons = this.#reasons(span, learned, explain);
    return {
      start: folded.starts[span.from],
      end: folded.starts[span.to],
      line,
      category: categoryOf(folded.units, span.from, span.to, this.#model.categories, span.hits, this.#rules.set.rules),
      reasons,
      logOdds: reasons.reduce((sum, reason) => sum + reason.weight, 0),
      units: span.to - span.from,
      spaced: isMostlySpaced(folded.units, span.from, span.to),
    };
  }

  #reasons(span: ScoredSpan, learned: number, explain: boolean): Reason[] {
    const { folded } = this.#scorer;
    const top = explain ? { top: topFeatures(folded.units, span.from, span.to, this.#model.weights) } : {};
    const reasons: Reason[] = [{ code: 'bayes', weight: span.bayes - learned, ...top }];
    if (learned !== 0 && isHeard(learned)) reasons.push({ code: 'samples', weight: learned });
    for (const hit of span.hits) {
      if (hit.allowedBy >= 0) continue;
      const code = `rule:${this.#rules.set.rules[hit.rule].id}`;
      reasons.push({ code, weight: hit.weight, start: folded.starts[hit.start], end: folded.starts[hit.end] });
    }
    if (Math.abs(span.list) > LEAST_REASON) reasons.push({ code: 'list', weight: span.list });
    if (span.styled !== 0) reasons.push({ code: 'styled', weight: span.styled });
    if (span.hidden !== 0) reasons.push({ code: 'hidden', weight: span.hidden });
    reasons.push({ code: 'prior', weight: span.prior });
    return reasons;
  }

  #learned({ from, to }: ScoredSpan): number {
    const { units } = this.#scorer.folded;
    return this.#base === null ? 0 : learnedEvidence(units, from, to, this.#base, this.#model.weights);
  }

  #addSuppressed(suppressed: Suppressed[]): void {
    const { folded, found } = this.#scorer;
    for (const hit of found.hits) {
      if (hit.allowedBy < 0) continue;
      suppressed.push({
        start: folded.starts[hit.start],
        end: folded.starts[hit.end],
        rule: this.#rules.set.rules[hit.rule].id,
        allow: this.#rules.set.allow[found.allowed[hit.allowedBy].term].id,
      });
    }
  }
}

function inContext(found: LineFindings, context: Context): LineFindings {
  const reasons = (finding: Finding) => context.reasons(finding, found.mark.kind);
  return { ...found, findings: found.findings.map((finding) => withReasons(finding, reasons(finding))) };
}

/** Appends a finding, as one with the last where only marks and blanks lie between them (a window's end, a lost separator). */
function append(text: string, findings: Finding[], finding: Finding): void {
  const last = findings.at(-1);
  if (last === undefined || !onlyMarks(text, last.end, finding.start)) findings.push(finding);
  else findings[findings.length - 1] = joinFindings(last, finding);
}

function onlyMarks(text: string, start: number, end: number): boolean {
  if (end - start > WINDOW_SLACK) return false;
  for (let i = start; i < end; i++) if (isWordUnit(text.charCodeAt(i))) return false;
  return true;
}

/** Where the window that starts at `from` ends: with the line, else after a mark or blank, never inside a surrogate pair. */
function windowEnd(text: string, from: number, lineEnd: number): number {
  const limit = from + WINDOW;
  if (limit >= lineEnd) return lineEnd;
  for (let i = limit; i > limit - WINDOW_SLACK; i--) if (!isWordUnit(text.charCodeAt(i - 1))) return i;
  return (text.charCodeAt(limit - 1) & 0xfc00) === 0xd800 ? limit - 1 : limit;
}
