import { fitMap } from '../src/training/fit-calibration.ts';
import { createRandom } from '../src/training/random.ts';
import { plainDocument } from '../src/text/document.ts';
import type { CalibrationMap } from '../src/verdict/calibrate.ts';
import { Context } from '../src/verdict/context.ts';
import type { AblatedFinding, AblatedScorer } from './ablation-scorer.ts';
import type { AblationLines } from './ablation-lines.ts';
import { articles, type InjectedDocument } from './eval-documents.ts';
import { atTail } from './eval-injections.ts';
import { thresholdFor } from './eval-ranking.ts';

const DOCUMENTS = 500;
const PREVALENCE = 0.01;

/** Percent, but for the last two. */
export interface AblationFigures {
  readonly phrasesAt2: number;
  readonly phrasesAt30: number;
  readonly titlesAt30: number;
  readonly commentsAt30: number;
  readonly obfuscatedAt30: number;
  readonly writtenAt30: number;
  readonly listsExact: number;
  readonly commentsAtTail: number;
  /** Seconds for a million honest characters. */
  readonly seconds: number;
}

/**
 * What a scorer finds at false alarms of 2 and 30 in 100,000 honest lines. Each scorer is calibrated for itself, on the lines that it is
 * measured on, which flatters all alike: weights of another scale need another map.
 */
export function ablationFigures(scorer: AblatedScorer, lines: AblationLines, withContext: boolean): AblationFigures {
  const best = (text: string): AblatedFinding | null => strongest(scorer.find(text));
  const began = performance.now();
  const honest = lines.honest.map(best);
  const seconds = (performance.now() - began) / 1000;
  const phrases = lines.phrases.map(best);
  const calibration = calibrate(honest, phrases);
  const scoreOf = (finding: AblatedFinding | null): number =>
    finding === null ? -Infinity : rank(finding, calibration);
  const scores = honest.map(scoreOf);
  const [two, thirty] = [thresholdFor(scores, 2), thresholdFor(scores, 30)];
  const found = (findings: readonly (AblatedFinding | null)[], threshold: number): number =>
    percent(findings.filter((finding) => scoreOf(finding) > threshold).length, findings.length);
  const reported = (document: InjectedDocument): AblatedFinding[] =>
    findAll(scorer, document.text, withContext).filter((finding) => rank(finding, calibration) > thirty);
  return {
    phrasesAt2: found(phrases, two),
    phrasesAt30: found(phrases, thirty),
    titlesAt30: found(lines.titles.map(best), thirty),
    commentsAt30: found(lines.comments.map(best), thirty),
    obfuscatedAt30: found(lines.obfuscated.map(best), thirty),
    writtenAt30: found(lines.written.map(best), thirty),
    listsExact: share(documents(lines, 'list'), (document) => isExact(document, reported(document))),
    commentsAtTail: share(documents(lines, 'comment'), (document) =>
      reported(document).some(({ end }) => end > document.truth[0].start),
    ),
    seconds: (1e6 * seconds) / lines.honest.reduce((sum, text) => sum + text.length, 0),
  };
}

function strongest(findings: readonly AblatedFinding[]): AblatedFinding | null {
  return findings.reduce<AblatedFinding | null>(
    (best, one) => (best === null || one.logOdds > best.logOdds ? one : best),
    null,
  );
}

/** A map for each kind of script. */
type Maps = Readonly<Record<'spaced' | 'unspaced', CalibrationMap>>;

function calibrate(honest: readonly (AblatedFinding | null)[], spam: readonly (AblatedFinding | null)[]): Maps {
  const weight = (PREVALENCE * honest.length) / spam.length;
  const points = (findings: readonly (AblatedFinding | null)[], isSpam: boolean, of: number) =>
    findings.flatMap((finding) => (finding === null ? [] : [{ ...finding, spam: isSpam, weight: of }]));
  const all = [...points(honest, false, 1), ...points(spam, true, weight)];
  return {
    spaced: upright(fitMap(all.filter(({ spaced }) => spaced))),
    unspaced: upright(fitMap(all.filter(({ spaced }) => !spaced))),
  };
}

/** Where honest lines outscore spam a map stands on its head; log-odds alone then rank. */
function upright(map: CalibrationMap): CalibrationMap {
  return map.slope > 0 ? map : { intercept: 0, slope: 1, length: 0 };
}

/** The log-odds of the posterior: posteriors near 1 are all the same number. */
function rank({ logOdds, units, spaced }: AblatedFinding, maps: Maps): number {
  const { intercept, slope, length } = spaced ? maps.spaced : maps.unspaced;
  return intercept + slope * logOdds + length * Math.log(Math.max(1, units));
}

function findAll(scorer: AblatedScorer, text: string, withContext: boolean): AblatedFinding[] {
  const context = new Context(plainDocument(text));
  const findings: AblatedFinding[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
    findings.push(...scorer.find(text, start, end));
    start = end + 1;
  }
  if (!withContext) return findings;
  return findings.map((finding) => ({
    ...finding,
    logOdds: context.reasons(finding).reduce((sum, { weight }) => sum + weight, finding.logOdds),
  }));
}

function documents({ prose, source, comments }: AblationLines, kind: 'list' | 'comment'): InjectedDocument[] {
  const random = createRandom(5);
  const inject = atTail((again) => (kind === 'list' ? source.list(again) : again.oneOf(comments)));
  return [...articles(prose, DOCUMENTS, random)].map((article) => inject(article, random));
}

function isExact({ truth }: InjectedDocument, found: readonly AblatedFinding[]): boolean {
  return found.length === 1 && found[0].start === truth[0].start && found[0].end === truth[0].end;
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return percent(items.filter(holds).length, items.length);
}

function percent(part: number, whole: number): number {
  return Number(((100 * part) / Math.max(1, whole)).toFixed(1));
}
