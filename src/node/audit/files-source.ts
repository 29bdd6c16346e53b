import { failure, LARGEST_DOCUMENT, tooLarge, type ContentType, type SourceItem } from '../../audit/source.ts';
import { openFile } from './open-file.ts';
import { statSync } from 'node:fs';

const TYPES: Readonly<Record<string, ContentType>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'text/html',
};
export const DOCUMENT_NAME = /\.(?:txt|md|markdown|html?|xhtml)(?:\.gz)?$/i;

/** One file as one document; what is too large, also once inflated, is reported before more of it is read. */
export async function fileItem(path: string): Promise<SourceItem> {
  const place = { source: path };
  try {
    const content = await wholeOf(path);
    if (content === null) return tooLarge(place);
    const lastModified = statSync(path).mtime.toISOString();
    return { kind: 'document', id: path, place, contentType: contentTypeOf(path), content, lastModified };
  } catch (error) {
    return failure(place, 'unreadable', `${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** By the extension of a name; `null` where it says nothing. */
export function contentTypeOf(name: string): ContentType | null {
  const extension = /\.(\w+?)(?:\.gz)?$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return TYPES[extension] ?? null;
}

async function wholeOf(path: string): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of openFile(path, { gunzip: path.toLowerCase().endsWith('.gz') })) {
    length += part.length;
    if (length > LARGEST_DOCUMENT) return null;
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}
