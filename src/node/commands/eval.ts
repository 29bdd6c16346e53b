import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sieve } from '../../sieve.ts';
import { PACKAGE_FOLDER } from '../base-sieve.ts';
import { EXIT, UserFailure } from '../failure.ts';
import { measure, type Report } from '../report/measure.ts';
import { textReport } from '../report/text.ts';
import { readRows } from '../training-data.ts';

export interface EvalFlags {
  readonly data?: string;
  readonly format: 'text' | 'json' | 'html';
  /** File to write to; standard output where left out. */
  readonly out?: string;
}

/** `linesieve eval`: the lines of the repository that training never reads. Returns the exit code. */
export async function evaluate({ data, format, out }: EvalFlags, sieve: Sieve): Promise<number> {
  const folder = data ?? join(PACKAGE_FOLDER, 'training-data', 'heldout');
  if (!existsSync(folder)) throw new UserFailure(`${folder}: there is no such folder of held-out rows`);
  const rows = readRows(folder);
  for (const label of ['legit', 'spam']) {
    if (!rows.some((row) => row.label === label)) throw new UserFailure(`${folder}: no ${label} rows; eval needs both`);
  }
  const text = await render(measure(rows, sieve), format);
  if (out === undefined) process.stdout.write(text);
  else writeFileSync(out, text);
  return EXIT.clean;
}

/** The plotting library is loaded for HTML only. */
async function render(report: Report, format: EvalFlags['format']): Promise<string> {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  return format === 'html' ? (await import('../report/html.ts')).htmlReport(report) : textReport(report);
}
