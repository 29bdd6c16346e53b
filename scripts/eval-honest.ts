import { per100k, type JudgedLine } from './eval-lines.ts';

/** The honest lines of one corpus file as a sieve judged them. */
export interface HonestFile {
  readonly folder: string;
  readonly name: string;
  readonly lines: readonly JudgedLine[];
}

/** Honest lines that swear and insult: linesieve judges injections, not taste. */
const CRUDE = /^(cold_offensive|en_offensive_tweets|id_hate_tweets|ko_unsmile|toxicn|swsr_sexism_weibo)$/;
const WORST = 12;

export interface FalseAlarms {
  readonly lines: number;
  readonly removedPer100k: number;
  readonly reviewPer100k: number;
}

/** False alarms of all files, of groups of them, and the files with the most. */
export function falseAlarms(files: readonly HonestFile[]) {
  const rows = files.map(({ folder, name, lines }) => ({
    folder,
    name,
    lines: lines.length,
    removed: lines.filter(({ action }) => action === 'remove').length,
    review: lines.filter(({ action }) => action === 'review').length,
  }));
  return {
    all: rate(rows),
    'crude sources': rate(rows.filter(({ name }) => CRUDE.test(name))),
    'without crude sources': rate(rows.filter(({ name }) => !CRUDE.test(name))),
    'hard-negative': rate(rows.filter(({ folder }) => folder === 'hard-negative')),
    worst: rows
      .filter(({ removed, review }) => removed + review > 0)
      .sort((a, b) => b.removed - a.removed || b.review - a.review)
      .slice(0, WORST),
  };
}

function rate(rows: readonly { lines: number; removed: number; review: number }[]): FalseAlarms {
  const lines = rows.reduce((sum, row) => sum + row.lines, 0);
  return {
    lines,
    removedPer100k: per100k(
      rows.reduce((sum, row) => sum + row.removed, 0),
      lines,
    ),
    reviewPer100k: per100k(
      rows.reduce((sum, row) => sum + row.review, 0),
      lines,
    ),
  };
}
