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
const TIMED_LINES = 20_000;
const TIMED_ROUNDS = 5;

/** Percent. Found at 30 false alarms in 100,000 honest lines where nothing else is said: the mean of what is found at 10, 20, 30, 40 and 50. */
export interface AblationFigures {
  readonly phrasesAt2: number;
  readonly phrases: number;
  readonly titles: number;
  readonly comments: number;
  readonly obfuscated: number;
  readonly written: number;
  /** How many of the repository's own honest held-out rows are found at 30. */
  readonly writtenHonest: number;
  readonly listsExact: number;
  readonly commentsAtTail: number;
}

/**
 * What a scorer finds at false alarms of 2 and 30 in 100,000 honest lines. Each scorer is calibrated for itself, on the lines that it is
 * measured on, which flatters all alike: weights of another scale need another map.
 */
export function ablationFigures(scorer: AblatedScorer, lines: AblationLines, withContext: boolean): AblationFigures {
  const best = (text: string): AblatedFinding | null => strongest(scorer.find(text));
  const honest = lines.honest.map(best);
  const phrases = lines.phrases.map(best);
  const [titles, comments, obfuscated] = [lines.titles, lines.comments, lines.obfuscated].map((texts) =>
    texts.map(best),
  );
  const calibration = calibrate(honest, [
    { findings: phrases, weight: 1 },
    { findings: obfuscated, weight: 1 },
    { findings: titles, weight: 2 },
    { findings: comments, weight: 1 },
  ]);
  const scoreOf = (finding: AblatedFinding | null): number =>
    finding === null ? -Infinity : rank(finding, calibration);
  const scores = honest.map(scoreOf);
  const [two, thirty] = [thresholdFor(scores, 2), thresholdFor(scores, 30)];
  const around = [10, 20, 30, 40, 50].map((budget) => thresholdFor(scores, budget));
  const found = (findings: readonly (AblatedFinding | null)[], thresholds = around): number => {
    const ranks = findings.map(scoreOf);
    const above = thresholds.reduce((sum, one) => sum + ranks.filter((score) => score > one).length, 0);
    return percent(above, thresholds.length * findings.length);
  };
  const reported = (document: InjectedDocument): AblatedFinding[] =>
    findAll(scorer, document.text, withContext).filter((finding) => rank(finding, calibration) > thirty);
  return {
    phrasesAt2: found(phrases, [two]),
    phrases: found(phrases),
    titles: found(titles),
    comments: found(comments),
    obfuscated: found(obfuscated),
    written: found(lines.written.map(best)),
    writtenHonest: lines.writtenHonest.filter((text) => scoreOf(best(text)) > thirty).length,
    listsExact: share(documents(lines, 'list'), (document) => isExact(document, reported(document))),
    commentsAtTail: share(documents(lines, 'comment'), (document) =>
      reported(document).some(({ end }) => end > document.truth[0].start),
    ),
  };
}

/** Time of a scorer over that of another on the same honest lines: best of so many rounds, by turns. */
export function timeRatio(scorer: AblatedScorer, other: AblatedScorer, { honest }: AblationLines): number {
  const texts = honest.filter((_, i) => i % Math.ceil(honest.length / TIMED_LINES) === 0);
  const best = [scorer, other].map(() => Infinity);
  for (let round = 0; round < TIMED_ROUNDS; round++) {
    for (const [i, one] of [scorer, other].entries()) {
      const began = performance.now();
      for (const text of texts) one.find(text);
      best[i] = Math.min(best[i], performance.now() - began);
    }
  }
  return best[0] / best[1];
}

function strongest(findings: readonly AblatedFinding[]): AblatedFinding | null {
  return findings.reduce<AblatedFinding | null>(
    (best, one) => (best === null || one.logOdds > best.logOdds ? one : best),
    null,
  );
}

/** A map for each kind of script. */
type Maps = Readonly<Record<'spaced' | 'unspaced', CalibrationMap>>;

type Found = readonly (AblatedFinding | null)[];

/** As `cross-fit.ts` weighs kinds of spam beside each other. */
function calibrate(honest: Found, kinds: readonly { readonly findings: Found; readonly weight: number }[]): Maps {
  const weights = kinds.reduce((sum, { weight }) => sum + weight, 0);
  const points = (findings: Found, isSpam: boolean, of: number) =>
    findings.flatMap((finding) => (finding === null ? [] : [{ ...finding, spam: isSpam, weight: of }]));
  const all = [
    ...points(honest, false, 1),
    ...kinds.flatMap(({ findings, weight }) =>
      points(findings, true, (PREVALENCE * honest.length * weight) / (weights * findings.length)),
    ),
  ];
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
    logOdds: context.reasons(finding, 'text').reduce((sum, { weight }) => sum + weight, finding.logOdds),
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
