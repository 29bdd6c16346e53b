import type { FindingRow } from '../../audit/finding-row.ts';
import type { SourceNotice } from '../../audit/source.ts';
import type { SourceOptions } from './open-sources.ts';
import type { WorkItem } from './work-item.ts';

/** What a thread is told once: it is the same for all tasks of a run. */
export interface CheckOptions {
  readonly policy: string | null;
  /** Ids of built-in rules that are left out. */
  readonly excludeRules: readonly string[];
  readonly columns: SourceOptions;
  /** Of `of` parts of the documents, told by a hash of their ids, the `index`th from 0; `null`: all. */
  readonly shard: Shard | null;
}

export interface Shard {
  readonly index: number;
  readonly of: number;
}

export interface CheckTask {
  readonly items: readonly WorkItem[];
  /** contents.bin of an earlier run: what is in it is passed over (`contents.ts`). The same for all tasks of a run. */
  readonly known: SharedArrayBuffer | null;
}

/** What became of the items of a task, in their order. */
export interface Checked {
  /** Documents that were checked, or known from an earlier run. */
  readonly documents: number;
  readonly rows: readonly FindingRow[];
  readonly notices: readonly SourceNotice[];
  /** Places of documents that are as they were; what was found in them then is found still. */
  readonly unchanged: readonly string[];
  /** Place and content of each document, 16 bytes each (`contents.ts`). */
  readonly contents: Uint8Array;
  /** What the rows were read from, to be filled again. */
  readonly spent: readonly ArrayBuffer[];
}
