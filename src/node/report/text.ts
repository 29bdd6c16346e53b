import { columnsOf } from '../../evaluation/category-confusion.ts';
import type { Slice } from '../../evaluation/slices.ts';
import type { Report } from './measure.ts';

/** Rules that a terminal shows; the page has all. */
const MOST_RULES = 30;

/** The report for a terminal of 100 columns. */
export function textReport(report: Report): string {
  return `${[
    ...lineFigures(report),
    ...documentFigures(report),
    ...confusion(report),
    ...rules(report),
    ...errors(report),
  ].join('\n')}\n`;
}

function lineFigures({ overall, ranking, calibration, slices }: Report): string[] {
  const budgets = Object.entries(ranking.recallAtBudget).map(([budget, recall]) => `${percent(recall)} at ${budget}`);
  return [
    `${''.padEnd(20)}  spam  found 95 % interval  removed  honest  alarms removed`,
    sliceRow('all', overall),
    ...Object.entries(slices).flatMap(([name, group]) => [
      `by ${name}`,
      ...Object.entries(group).map(([key, slice]) => sliceRow(key, slice)),
    ]),
    `area under ROC ${ranking.areaUnderRoc.toFixed(4)}, average precision ${ranking.averagePrecision.toFixed(4)}`,
    `recall at false positives per 100,000: ${budgets.join(', ')}`,
    `expected calibration error ${calibration.error.toFixed(4)} at a prevalence of ${calibration.prevalence}`,
    'reliability              said     true    lines',
    ...calibration.bins.map(
      ({ meanPosterior, spamShare, lines }) =>
        `${''.padEnd(20)}${meanPosterior.toFixed(4).padStart(9)}${spamShare.toFixed(4).padStart(9)}${String(lines).padStart(9)}`,
    ),
  ];
}

function documentFigures({ boundaries }: Report): string[] {
  return [
    'documents               exact within 3  precision  recall (characters)',
    ...Object.entries({ all: boundaries.all, ...boundaries.byJoint }).map(
      ([joint, { exact, near, precision, recall }]) =>
        `  ${joint.padEnd(18)}${percent(exact.share)}${percent(near.share)}${precision.toFixed(4).padStart(11)}${recall.toFixed(4).padStart(8)}`,
    ),
  ];
}

function confusion({ categories }: Report): string[] {
  const columns = columnsOf(categories);
  const row = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(12)}${cells.map((cell) => cell.padStart(10)).join('')}`;
  return [
    row('true \\ found', columns),
    ...Object.entries(categories).map(([name, found]) =>
      row(
        name,
        columns.map((column) => String(found[column] ?? '')),
      ),
    ),
  ];
}

function rules({ rules: table }: Report): string[] {
  const all = Object.entries(table);
  const shown = all.slice(0, MOST_RULES).map(([id, { spam, honest, precision, unique }]) => {
    const counts = [spam, honest].map((count) => String(count).padStart(9)).join('');
    return `  ${id.padEnd(40)}${counts}${percent(precision).padStart(11)}${String(unique).padStart(8)}`;
  });
  const rest = all.length > MOST_RULES ? [`  … ${all.length - MOST_RULES} more (json, html)`] : [];
  return [`${'rules by lines hit'.padEnd(42)}     spam   honest  precision  unique`, ...shown, ...rest];
}

function errors({ errors: { falseAlarms, missed } }: Report): string[] {
  return [
    `${falseAlarms.length} false alarms, ${missed.length} missed (50 at most of each)`,
    ...[...falseAlarms, ...missed].map(
      ({ id, isSpam, text }) => `  ${isSpam ? 'missed' : 'alarm '} ${id}  ${text.slice(0, 60)}`,
    ),
  ];
}

function sliceRow(name: string, { spam, honest, recall, removedSpam, falseAlarms, removedHonest }: Slice): string {
  const found =
    spam === 0
      ? ''.padStart(36)
      : `${percent(recall.share)} ${percent(recall.low)}–${percent(recall.high).trim().padEnd(7)} ${percent(removedSpam.share)}`;
  return `  ${name.slice(0, 22).padEnd(23)}${String(spam).padStart(4)}${found.padEnd(36)}${String(honest).padStart(5)}${String(falseAlarms.part).padStart(7)}${String(removedHonest.part).padStart(8)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(9);
}
