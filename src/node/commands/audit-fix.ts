import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindingRow } from '../../audit/finding-row.ts';
import { placeName } from '../../audit/source.ts';
import { linesOfBytes } from '../../audit/sources/records.ts';
import type { Sieve } from '../../sieve.ts';
import { contentCleaner } from '../audit/fix/clean-content.ts';
import { undoFixes, writeFixes } from '../audit/fix/file-patches.ts';
import { fixSource } from '../audit/fix/fix-source.ts';
import type { FileFix, SourceFix } from '../audit/fix/fix.ts';
import { reversed, sqlScript } from '../audit/fix/sql-updates.ts';
import { judgedIn } from '../audit/judged.ts';
import { openSuppressions } from '../audit/open-suppressions.ts';
import { EXIT, UserFailure } from '../failure.ts';

export interface FixFlags {
  /** Changes the files; without it, only says what it would change. */
  readonly write?: boolean;
  /** Puts back what an earlier `--write` took out. */
  readonly undo?: boolean;
  /** The policy of the audit unless said. */
  readonly policy?: string;
  /** Takes out what wants a person to look, too. */
  readonly all?: boolean;
  /** JSON file of suppressions: what a person has accepted stays. */
  readonly suppress?: string;
}

type Fixes = ReadonlyMap<string, SourceFix>;

/** What `--write` leaves in the folder of the audit beside the changed files. */
const OUTPUTS = ['patch.ndjson', 'fix.sql', 'undo.sql', 'json-patches.ndjson'] as const;

/**
 * `linesieve audit fix`: takes what an audit found out of where it stands: files, rows of NDJSON, CSV and SQLite in place (a copy goes
 * to `backup/` in the folder of the audit, what was taken out to `patch.ndjson`), statements for the database of a dump (`fix.sql`,
 * `undo.sql`), JSON patches for the exports of content systems (`json-patches.ndjson`). What has changed since the audit, what a person has
 * accepted and, without `all`, what wants a look is left alone. `sieve`: that of the audit (`judgedIn`). Returns the exit code: 1 where
 * something was left that nobody has accepted. Throws a UserFailure.
 */
export async function auditFix(folder: string, flags: FixFlags, sieve: Sieve): Promise<number> {
  if (flags.undo === true) return undo(folder);
  const there = OUTPUTS.find((name) => existsSync(join(folder, name)));
  if (flags.write === true && there !== undefined) {
    const path = join(folder, there);
    throw new UserFailure(`${path} is there already; audit again into a new folder, or take it back with --undo`);
  }
  const suppressions = flags.suppress === undefined ? [] : [...openSuppressions(flags.suppress).values()];
  const clean = contentCleaner(sieve, {
    policy: flags.policy ?? judgedIn(folder).policy,
    all: flags.all ?? false,
    accepted: new Set(suppressions.filter(({ expired }) => !expired).map(({ fingerprint }) => fingerprint)),
  });
  const fixes = new Map<string, SourceFix>();
  for (const [source, rows] of await findingsBySource(folder)) fixes.set(source, await fixSource(source, rows, clean));
  if (flags.write === true) write(folder, fixes);
  tell(fixes, flags.write === true);
  return [...fixes.values()].some(({ left }) => left.length > 0) ? EXIT.findings : EXIT.clean;
}

function undo(folder: string): number {
  const left =
    existsSync(join(folder, 'fix.sql')) && !existsSync(join(folder, 'patch.ndjson')) ? [] : undoFixes(folder);
  for (const line of left) process.stdout.write(`${line}\n`);
  if (existsSync(join(folder, 'undo.sql')))
    process.stdout.write('undo.sql takes back what fix.sql did: run it on the database\n');
  return left.length > 0 ? EXIT.findings : EXIT.clean;
}

function write(folder: string, fixes: Fixes): void {
  const files = new Map<string, FileFix>();
  for (const [source, { file }] of fixes) if (file !== undefined) files.set(source, file);
  if (files.size > 0) writeFixes(folder, files);
  const changes = [...fixes.values()].flatMap((fix) => fix.changes ?? []);
  if (changes.length > 0) {
    writeFileSync(join(folder, 'fix.sql'), sqlScript(changes));
    writeFileSync(join(folder, 'undo.sql'), sqlScript(changes.map(reversed)));
  }
  const patches = [...fixes.values()].flatMap((fix) => fix.patches ?? []);
  if (patches.length === 0) return;
  writeFileSync(join(folder, 'json-patches.ndjson'), patches.map((patch) => `${JSON.stringify(patch)}\n`).join(''));
}

function tell(fixes: Fixes, written: boolean): void {
  for (const [source, { left, units, changes, patches }] of fixes) {
    for (const { place, reason } of left) process.stdout.write(`${placeName(place)}: left, ${reason}\n`);
    if (units === 0) continue;
    const would = written ? '' : 'would be ';
    const where = changes !== undefined ? ' by fix.sql' : patches !== undefined ? ' by json-patches.ndjson' : '';
    process.stdout.write(`${source}: ${units} characters ${would}taken out${where}\n`);
  }
}

/** Findings by source. Memory: all rows of an audit. */
async function findingsBySource(folder: string): Promise<Map<string, FindingRow[]>> {
  const path = join(folder, 'findings.ndjson');
  if (!existsSync(path)) throw new UserFailure(`${folder}: there is no findings.ndjson; name the --out of an audit`);
  const found = new Map<string, FindingRow[]>();
  for await (const line of linesOfBytes(createReadStream(path))) {
    if (line === null || line === '') continue;
    const row = JSON.parse(line) as FindingRow;
    const rows = found.get(row.place.source);
    if (rows === undefined) found.set(row.place.source, [row]);
    else rows.push(row);
  }
  return found;
}
