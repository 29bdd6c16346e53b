import type { Report } from './measure.ts';

/** What `models/base/card.json` says. */
export interface Card {
  readonly name: string;
  readonly version: string;
  readonly model: string;
  readonly command: string;
  readonly lines: Readonly<Record<string, number>>;
}

/** A corpus whose figures were counted; `licence` as its catalogue states it, `unknown` where that is absent. */
export interface Counted {
  readonly name: string;
  readonly lines: number;
  readonly licence: string;
}

/** The card as Markdown. Every figure comes from `report`; failures are named by id, the surest first. */
export function modelCard(card: Card, counted: readonly Counted[], report: Report): string {
  const { overall, boundaries, slices, errors, calibration } = report;
  const lines = Object.entries(card.lines).map(([name, count]) => `| ${name} | ${count} |`);
  const corpora = counted.map(({ name, lines: count, licence }) => `| ${name} | ${count} | ${licence} |`);
  const failures = [...errors.falseAlarms.slice(0, 10), ...errors.missed.slice(0, 10)];
  return `# Model card: ${card.name} ${card.version}

Model \`${card.model}\`, made by \`${card.command}\`.

## Intended use

Finding adult, gambling, pharma and like spam that someone put into an article. Not for judging taste, people or opinions.

## Trained on

${table('kind | lines', lines)}

Of these corpora only counts of features are kept, no text:

${table('corpus | lines | licence', corpora)}

## Figures

On ${overall.spam} spam and ${overall.honest} honest lines that training never read (\`linesieve eval\`): ${percent(overall.recall.share)} of the spam
found (95 % interval from ${percent(overall.recall.low)} to ${percent(overall.recall.high)}), ${overall.falseAlarms.part} honest lines flagged, ${overall.removedHonest.part} of them removed;
spans exact in ${percent(boundaries.all.exact.share)} of ${boundaries.all.exact.whole} composed documents. Posteriors are off by ${calibration.error.toFixed(4)} on
average at one spam line in ${Math.round(1 / calibration.prevalence)} (expected calibration error).

${sliceTable('category', slices.category)}

${sliceTable('language', slices.language)}

${sliceTable('kind', slices.kind)}

## Limits and known failures

What has few lines above is hardly measured: the last column says how little its figure proves. What reads like ordinary language (\`title\`,
\`story\`) is found less often than what reads like a keyword list, and a phrase inside an honest sentence (\`insert\`) least of all.

${failures.map(({ id, isSpam }) => `- \`${id}\`: ${isSpam ? 'missed' : 'honest, flagged'}`).join('\n')}
`;
}

/** Slices that hold spam. */
function sliceTable(name: string, slices: Report['slices']['kind']): string {
  const rows = Object.entries(slices)
    .filter(([, { spam }]) => spam > 0)
    .map(([key, { spam, recall }]) => `| ${key} | ${spam} | ${percent(recall.share)} | ${percent(recall.low)} |`);
  return table(`${name} | spam lines | found | at least`, rows);
}

function table(head: string, rows: readonly string[]): string {
  return [`| ${head} |`, `|${' --- |'.repeat(head.split('|').length)}`, ...rows].join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
