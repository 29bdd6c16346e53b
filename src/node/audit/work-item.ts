import type { Place, SourceItem } from '../../audit/source.ts';

/** Whole rows of a file as they stand in it: parsed where they are checked. */
export interface RowChunk {
  readonly kind: 'rows';
  readonly format: 'ndjson' | 'csv';
  readonly place: Place;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Rows of the file before these. */
  readonly rowsBefore: number;
  /** The header of a CSV file, with its line end; empty in the chunk that begins with it. */
  readonly header: Uint8Array<ArrayBuffer>;
}

/** A file that is one document: read where it is checked. */
export interface FileItem {
  readonly kind: 'file';
  readonly place: Place;
}

/** What a run is made of. */
export type WorkItem = SourceItem | RowChunk | FileItem;

/**
 * An item with its number in its source, from 1, where the source gives the same items at every reading: then a run that is resumed need
 * only know how far it was. Without a number it is known by its place.
 */
export interface Work {
  readonly item: WorkItem;
  readonly ordinal: number | null;
}
