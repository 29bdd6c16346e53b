import type { Slice } from '../../evaluation/slices.ts';
import type { Report } from './measure.ts';

/** The report for a terminal of 100 columns. */
export function textReport({ overall, ranking, calibration, boundaries, slices, errors }: Report): string {
  const budgets = Object.entries(ranking.recallAtBudget).map(([budget, recall]) => `${percent(recall)} at ${budget}`);
  const joints = Object.entries({ all: boundaries.all, ...boundaries.byJoint }).map(
    ([joint, figures]) =>
      `  ${joint.padEnd(18)}${[figures.exact.share, figures.near.share, figures.precision, figures.recall].map(percent).join('')}`,
  );
  return `${[
    `${''.padEnd(20)}  spam  found 95 % interval  removed  honest  alarms removed`,
    row('all', overall),
    ...Object.entries(slices).flatMap(([name, group]) => [
      `by ${name}`,
      ...Object.entries(group).map(([key, slice]) => row(key, slice)),
    ]),
    `area under ROC ${ranking.areaUnderRoc.toFixed(4)}, average precision ${ranking.averagePrecision.toFixed(4)}`,
    `recall at false positives per 100,000: ${budgets.join(', ')}`,
    `expected calibration error ${calibration.error.toFixed(4)} at a prevalence of ${calibration.prevalence}`,
    `documents             exact  near  precision  recall (characters)`,
    ...joints,
    `${errors.falseAlarms.length} false alarms, ${errors.missed.length} missed (50 at most of each)`,
    ...[...errors.falseAlarms, ...errors.missed].map(
      ({ id, isSpam, text }) => `  ${isSpam ? 'missed' : 'alarm '} ${id}  ${text.slice(0, 60)}`,
    ),
  ].join('\n')}\n`;
}

function row(name: string, { spam, honest, recall, removedSpam, falseAlarms, removedHonest }: Slice): string {
  const found =
    spam === 0
      ? ''.padStart(36)
      : `${percent(recall.share)} ${percent(recall.low)}–${percent(recall.high).trim().padEnd(7)} ${percent(removedSpam.share)}`;
  return `  ${name.slice(0, 22).padEnd(23)}${String(spam).padStart(4)}${found.padEnd(36)}${String(honest).padStart(5)}${String(falseAlarms.part).padStart(7)}${String(removedHonest.part).padStart(8)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(9);
}
