import { isText, type ShardItem } from '../audit/shard.ts';
import { failure } from '../audit/source.ts';
import type { Dependencies } from './dependencies.ts';
import { pageText } from './page-text.ts';

/** The pages of a web archive as texts, and what of it could not be read. */
export async function* archiveItems(
  archive: Uint8Array,
  decode: Required<Dependencies>['decodePage'] = pageText,
): AsyncGenerator<ShardItem> {
  // Archives are rare, and an isolate that starts does not run what reads them.
  const { warcSource } = await import('../audit/sources/warc.ts');
  const open = async function* (offset: number): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(archive.subarray(offset));
  };
  for await (const item of warcSource('upload', open)) {
    if (isText(item)) yield item;
    else if (item.kind === 'document' && typeof item.content !== 'string') {
      const content = decode(item.content, null, item.id);
      if (content === null) yield failure(item.place, 'undecodable', `${item.id} is binary; only texts are read`);
      else yield { ...item, content };
    }
  }
}
