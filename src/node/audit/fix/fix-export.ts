import { keyOf, type SourceItem } from '../../../audit/source.ts';
import { ghostSource, strapiSource } from '../../../audit/sources/cms-json.ts';
import { postsOfDump } from '../../../audit/sources/mysqldump.ts';
import { openFile } from '../open-file.ts';
import type { CleanContent } from './clean-content.ts';
import { digestOf } from './digest.ts';
import { CHANGED, waits, type DocumentPatch, type Left, type SourceFindings, type SourceFix } from './fix.ts';
import type { PostChange } from './sql-updates.ts';

/** Statements for the database that a dump of WordPress came from. The dump is read again, memory: the findings and a row. */
export async function fixDump(path: string, rows: SourceFindings, clean: CleanContent): Promise<SourceFix> {
  const cleaner = new FieldCleaner(rows, clean);
  const changes: PostChange[] = [];
  for await (const { table, post, item } of postsOfDump(path, bytesOf(path))) {
    const changed = cleaner.take(item);
    if (changed !== null) changes.push({ table, post, column: item.place.field ?? '', ...changed });
  }
  return { left: cleaner.left(), units: cleaner.units, changes };
}

/** A JSON patch for each field of a Ghost or Strapi export. */
export async function fixJson(path: string, rows: SourceFindings, clean: CleanContent): Promise<SourceFix> {
  const cleaner = new FieldCleaner(rows, clean);
  const patches: DocumentPatch[] = [];
  for (const source of [ghostSource, strapiSource]) {
    for await (const item of source(path, bytesOf(path))) {
      const changed = cleaner.take(item);
      if (changed !== null) patches.push(patchOf(item, changed));
    }
  }
  return { left: cleaner.left(), units: cleaner.units, patches };
}

function patchOf({ place }: SourceItem, { before, after }: Changed): DocumentPatch {
  const { source, entry = '', field: path = '' } = place;
  const patch = [
    { op: 'test', path, value: before },
    { op: 'replace', path, value: after },
  ] as const;
  return { source, entry, patch };
}

function bytesOf(path: string) {
  return openFile(path, { gunzip: /\.gz$/i.test(path) });
}

interface Changed {
  readonly before: string;
  readonly after: string;
}

/** Finds the documents of findings among those of a source that is read again. */
class FieldCleaner {
  units = 0;
  readonly #rows;
  readonly #clean: CleanContent;
  readonly #left: Left[] = [];

  constructor(rows: SourceFindings, clean: CleanContent) {
    this.#rows = new Map(rows.map((row) => [keyOf(row.place), row]));
    this.#clean = clean;
  }

  take(item: SourceItem): Changed | null {
    const row = this.#rows.get(keyOf(item.place));
    if (row === undefined || item.kind !== 'document' || typeof item.content !== 'string') return null;
    if (digestOf(item.content) !== row.digest) return null;
    this.#rows.delete(keyOf(item.place));
    const before = item.content;
    const { content: after, waiting } = this.#clean(row, before);
    this.units += before.length - after.length;
    if (waiting > 0) this.#left.push({ place: row.place, reason: waits(waiting) });
    return after === before ? null : { before, after };
  }

  /** Findings that nothing was done about; those that were not met again have changed. */
  left(): Left[] {
    return [...this.#left, ...[...this.#rows.values()].map(({ place }) => ({ place, reason: CHANGED }))];
  }
}
