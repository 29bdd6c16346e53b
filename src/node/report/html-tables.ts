import type { Boundaries } from '../../evaluation/boundaries.ts';
import { columnsOf } from '../../evaluation/category-confusion.ts';
import type { Slice } from '../../evaluation/slices.ts';
import { percent, table } from './html-parts.ts';
import type { Report } from './measure.ts';

/** By slice: how much spam was found, with the interval that the count allows, and how many honest lines were flagged. */
export function sliceTable(name: string, group: Readonly<Record<string, Slice>>): string {
  const rows = Object.entries(group).map(([key, { spam, honest, recall, removedSpam, falseAlarms, removedHonest }]) => [
    key,
    spam,
    spam === 0 ? '' : percent(recall.share),
    spam === 0 ? '' : `${percent(recall.low)} – ${percent(recall.high)}`,
    spam === 0 ? '' : percent(removedSpam.share),
    honest,
    falseAlarms.part,
    removedHonest.part,
  ]);
  return table([name, 'spam', 'found', '95 % interval', 'removed', 'honest', 'flagged', 'removed'], rows);
}

/** Composed articles by the way in which the spam was joined to the text. */
export function boundaryTable({ boundaries: { all, byJoint } }: Report): string {
  const rows = Object.entries({ all, ...byJoint }).map(([joint, figures]: [string, Boundaries]) => [
    joint,
    figures.exact.whole,
    percent(figures.exact.share),
    percent(figures.near.share),
    figures.precision.toFixed(4),
    figures.recall.toFixed(4),
  ]);
  return table(['joint', 'articles', 'exact', 'within 3', 'precision', 'recall'], rows);
}

export function confusionTable({ categories }: Report): string {
  const columns = columnsOf(categories);
  const rows = Object.entries(categories).map(([name, row]) => [name, ...columns.map((column) => row[column] ?? '')]);
  return table(['true \\ found', ...columns], rows);
}

export function ruleTable({ rules }: Report): string {
  const rows = Object.entries(rules).map(([id, { spam, honest, precision, unique, uniqueAlarms }]) => [
    id,
    spam,
    honest,
    percent(precision),
    unique,
    uniqueAlarms,
  ]);
  return table(['rule', 'spam lines', 'honest lines', 'precision', 'unique finds', 'unique alarms'], rows);
}

/** Lines of like posterior: what was said and what was true, at the prevalence that the policy is made for. */
export function reliabilityTable({ calibration }: Report): string {
  const rows = calibration.bins.map(({ lines, mass, meanPosterior, spamShare }) => [
    meanPosterior.toFixed(4),
    spamShare.toFixed(4),
    percent(mass),
    lines,
  ]);
  return table(['said', 'true', 'share of lines', 'lines measured'], rows);
}

export function calibrationErrors({ calibration }: Report): string {
  const { error, byLength, byCategory } = calibration;
  const groups = [
    ['all lines', error],
    ...Object.entries(byLength).map(([band, of]) => [`${band} characters`, of]),
    ...Object.entries(byCategory),
  ] as [string, number][];
  return table(
    ['lines', 'expected calibration error'],
    groups.map(([name, of]) => [name, of.toFixed(4)]),
  );
}
