import { availableParallelism } from 'node:os';
import { UserFailure } from '../failure.ts';
import type { CheckOptions } from './check-task.ts';
import type { ProgressKind } from './progress.ts';
import { parseShard } from './shards.ts';
import type { WebFlags } from './web/web-options.ts';

/** As the command line has them. */
export interface AuditFlags extends WebFlags {
  readonly out: string;
  readonly policy?: string;
  readonly threads?: string;
  readonly column?: readonly string[];
  readonly idColumn?: string;
  /** The table of an SQLite file. */
  readonly table?: string;
  /** The address of an S3 service. */
  readonly endpoint?: string;
  /** Folder or findings.ndjson of an earlier run: only what is new fails the command. */
  readonly baseline?: string;
  /** JSON file of suppressions. */
  readonly suppress?: string;
  /** Folder of an earlier run: only documents that are new or have changed are checked. */
  readonly since?: string;
  /** `i/n`: only the documents of that part. */
  readonly shard?: string;
  /** Ids of built-in rules that are left out. */
  readonly excludeRule?: readonly string[];
  readonly progress?: ProgressKind;
}

/** Throws a UserFailure that names the wrong flag. */
export function checkOptionsOf({
  policy,
  excludeRule,
  column,
  idColumn,
  table,
  endpoint,
  shard,
}: AuditFlags): CheckOptions {
  return {
    policy: policy ?? null,
    excludeRules: [...(excludeRule ?? [])].sort(),
    columns: {
      text: column ?? [],
      ...(idColumn === undefined ? {} : { id: idColumn }),
      ...(table === undefined ? {} : { table }),
      ...(endpoint === undefined ? {} : { endpoint }),
    },
    shard: shard === undefined ? null : parseShard(shard),
  };
}

/** Throws a UserFailure. */
export function threadsOf(given: string | undefined): number {
  if (given === undefined) return availableParallelism();
  const threads = Number(given);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 256) return threads;
  throw new UserFailure(`--threads ${given}: give a whole number from 1 to 256`);
}
