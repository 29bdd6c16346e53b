import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  CONTENT_BYTES,
  contentEntry,
  ContentEntries,
  KnownContents,
  sortContents,
} from '../../../src/node/audit/contents.ts';

const documents = Array.from({ length: 1500 }, (_, i) => ({
  place: { source: 'rows.ndjson', entry: String(i) },
  digest: hash('sha256', `text ${i}`),
}));

describe('entries of documents', () => {
  it('are those of each alone, one behind the other; one that is not kept is written over', () => {
    const entries = new ContentEntries();
    for (const { place, digest } of documents) {
      expect(Buffer.from(entries.next(place, hash('sha256', 'undecodable')))).not.toEqual(contentEntry(place, digest));
      expect(Buffer.from(entries.next(place, digest))).toEqual(contentEntry(place, digest));
      entries.keep();
    }
    const alone = documents.map(({ place, digest }) => contentEntry(place, digest));
    expect(entries.kept()).toEqual(new Uint8Array(Buffer.concat(alone)));
    expect(entries.kept()).toHaveLength(documents.length * CONTENT_BYTES);
  });

  it('are known again, and by their content', () => {
    const entries = new ContentEntries();
    for (const { place, digest } of documents) {
      entries.next(place, digest);
      entries.keep();
    }
    const known = new KnownContents(sortContents(entries.kept()));
    for (const { place, digest } of documents.slice(0, 50)) {
      expect(known.has(entries.next(place, digest))).toBe(true);
      expect(known.has(entries.next(place, hash('sha256', 'changed')))).toBe(false);
    }
  });
});
