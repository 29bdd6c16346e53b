import type { FindingRow } from '../../../audit/finding-row.ts';
import type { Place } from '../../../audit/source.ts';
import type { ByteCut } from './byte-cut.ts';
import type { PostChange } from './sql-updates.ts';

/** The findings of one source. */
export type SourceFindings = readonly FindingRow[];

/** What an audit's findings of one source come to. Texts are counted in UTF-16 units. */
export interface SourceFix {
  readonly left: readonly Left[];
  readonly units: number;
  /** What becomes of the file, where it is written in place. */
  readonly file?: FileFix;
  /** Statements for the database that a dump came from. */
  readonly changes?: readonly PostChange[];
  readonly patches?: readonly DocumentPatch[];
}

/** A finding that is not acted on, and what to do about it. */
export interface Left {
  readonly place: Place;
  readonly reason: string;
}

export interface FileFix {
  /** SHA-256 of the file that the audit saw. */
  readonly before: string;
  /** In the inflated file; `null` where the backup is what takes it back (a database). */
  readonly cuts: readonly ByteCut[] | null;
  /** Writes the fixed file to a new path. */
  readonly stage: (path: string) => void;
}

/** RFC 6902, relative to the entry that the place names. */
export interface DocumentPatch {
  readonly source: string;
  readonly entry: string;
  readonly patch: readonly [
    { readonly op: 'test'; readonly path: string; readonly value: string },
    { readonly op: 'replace'; readonly path: string; readonly value: string },
  ];
}

export const CHANGED = 'it has changed since the audit; audit it again';

/** Why some of what was found in a document stays. */
export function waits(passages: number): string {
  const which = passages === 1 ? 'a passage wants' : `${passages} passages want`;
  return `${which} a look; --all takes ${passages === 1 ? 'it' : 'them'} out, too`;
}
