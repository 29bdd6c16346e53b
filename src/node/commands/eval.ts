import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  emptyConfusion,
  f1,
  falsePositivesPer100k,
  precision,
  recall,
  tally,
  type Confusion,
} from '../../evaluation/confusion.ts';
import type { Sieve } from '../../sieve.ts';
import type { TrainingRow } from '../../training/corpus.ts';
import { PACKAGE_FOLDER } from '../base-sieve.ts';
import { EXIT, UserFailure } from '../failure.ts';
import { readRows } from '../training-data.ts';

/** Figures of one group of lines; shares from 0 to 1. */
interface Figures {
  readonly lines: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly falsePositivesPer100k: number;
}

/** `linesieve eval`: the lines of the repository that training never reads. Returns the exit code. */
export function evaluate(flags: { readonly data?: string; readonly format: 'text' | 'json' }, sieve: Sieve): number {
  const folder = flags.data ?? join(PACKAGE_FOLDER, 'training-data', 'heldout');
  if (!existsSync(folder)) throw new UserFailure(`${folder}: there is no such folder of held-out rows`);
  const report = measure(readRows(folder), sieve);
  process.stdout.write(flags.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : table(report));
  return EXIT.clean;
}

/** Figures at review (anything found) and at removal, over all rows and by category and kind; errors by id. */
export function measure(rows: readonly TrainingRow[], sieve: Sieve) {
  const groups = new Map<string, { review: Confusion; remove: Confusion }>();
  const errors: { id: string; label: string; text: string }[] = [];
  for (const { id, text, label, category, kind } of rows) {
    const { spans } = sieve.check({ text });
    const spam = label === 'spam';
    for (const name of ['all', spam ? `spam ${category}` : 'honest', spam ? `kind ${kind}` : 'honest lines']) {
      const group = groups.get(name) ?? { review: emptyConfusion(), remove: emptyConfusion() };
      groups.set(name, group);
      tally(group.review, spam, spans.length > 0);
      tally(
        group.remove,
        spam,
        spans.some((span) => span.action === 'remove'),
      );
    }
    if (spam !== spans.length > 0) errors.push({ id, label, text });
  }
  const figures = Object.fromEntries(
    [...groups].map(([name, { review, remove }]) => [name, { review: figuresOf(review), remove: figuresOf(remove) }]),
  );
  return { engine: sieve.engine, figures, errors };
}

function figuresOf(confusion: Confusion): Figures {
  return {
    lines: Object.values(confusion).reduce((sum, count) => sum + count, 0),
    precision: precision(confusion),
    recall: recall(confusion),
    f1: f1(confusion),
    falsePositivesPer100k: falsePositivesPer100k(confusion),
  };
}

function table({ figures, errors }: ReturnType<typeof measure>): string {
  const rows = Object.entries(figures).map(([name, { review, remove }]) => {
    const shares = [review.precision, review.recall, review.f1, remove.recall].map((share) =>
      share.toFixed(4).padStart(9),
    );
    return `${name.padEnd(22)}${String(review.lines).padStart(6)} ${shares.join('')}${review.falsePositivesPer100k.toFixed(0).padStart(10)}`;
  });
  const head = `${''.padEnd(22)} lines precision   recall       f1  removed  FP/100,000`;
  const missed = errors.map(({ id, label, text }) => `  ${label.padEnd(6)}${id}  ${text.slice(0, 60)}`);
  return `${[head, ...rows, `${errors.length} errors`, ...missed].join('\n')}\n`;
}
