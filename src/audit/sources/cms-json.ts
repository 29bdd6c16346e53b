import { failure, tooLarge, type AuditSource, type ByteStream, type ContentType, type SourceItem } from '../source.ts';
import { JsonObjects } from './json-objects.ts';
import { looksLikeMarkup, textOfBytes } from './records.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A Ghost export: every post's title, HTML (or plain text where it has none) and excerpt. */
export function ghostSource(source: string, bytes: ByteStream): AsyncGenerator<SourceItem> {
  return cmsSource(source, bytes, ['posts'], (post) => {
    const body = typeof post['html'] === 'string' ? 'html' : 'plaintext';
    const names = ['title', body, 'custom_excerpt', 'meta_description'];
    return names.flatMap((name) => stringAt(post, name));
  });
}

function stringAt(object: Fields, name: string): (readonly [string, string])[] {
  const value = object[name];
  return typeof value === 'string' ? [[`/${name}`, value]] : [];
}

/** Answers of Strapi's REST API (4 and 5): every text field of an entry, nested ones too. */
export function strapiSource(source: string, bytes: ByteStream): AsyncGenerator<SourceItem> {
  return cmsSource(source, bytes, ['data', ''], (entry) => [...stringsOf(entry, '', 0)]);
}

/** One row of the `entities` of Strapi's export (`{"type", "id", "data"}`); what users, settings and uploads hold is no prose. */
export function* strapiEntityItems(source: string, number: number, json: string | null): Generator<SourceItem> {
  yield* itemsOf(source, number, json, ({ type, data }) =>
    typeof type === 'string' && /^(?:admin|plugin|strapi)::/.test(type) ? [] : [...stringsOf(data, '/data', 0)],
  );
}

async function* cmsSource(
  source: string,
  bytes: ByteStream,
  keys: readonly string[],
  fieldsOf: (object: Fields) => (readonly [string, string])[],
): AuditSource & AsyncGenerator<SourceItem> {
  const objects: (string | null)[] = [];
  const cutter = new JsonObjects(keys, (json) => objects.push(json));
  let count = 0;
  for await (const text of textOfBytes(bytes)) {
    cutter.write(text);
    for (const json of objects.splice(0)) yield* itemsOf(source, ++count, json, fieldsOf);
  }
  if (count === 0) {
    const names = keys.map((key) => (key === '' ? 'the top level' : `"${key}"`)).join(' or ');
    yield failure({ source }, 'no-entries', `${source} has no objects in an array at ${names}`);
  }
}

function* itemsOf(
  source: string,
  number: number,
  json: string | null,
  fieldsOf: (object: Fields) => (readonly [string, string])[],
): Generator<SourceItem> {
  const unnamed = { source, entry: `entry ${number}` };
  if (json === null) {
    yield tooLarge(unnamed);
    return;
  }
  let object: Fields;
  try {
    object = JSON.parse(json) as Fields;
  } catch (error) {
    yield failure(unnamed, 'invalid-json', `entry ${number}: ${error instanceof Error ? error.message : ''}`);
    return;
  }
  const name = nameOf(object['id'] ?? object['documentId']) ?? unnamed.entry;
  // Numbers begin anew in each type of an export.
  const id = typeof object['type'] === 'string' && 'data' in object ? `${object['type']} ${name}` : name;
  const date = object['updated_at'] ?? object['updatedAt'];
  const modified = typeof date === 'string' ? { lastModified: date } : {};
  for (const [field, content] of fieldsOf(object)) {
    if (content.trim() === '') continue;
    const contentType: ContentType = looksLikeMarkup(content) ? 'text/html' : 'text/plain';
    yield {
      kind: 'document',
      id: `${id} ${field}`,
      place: { source, entry: id, field },
      contentType,
      content,
      ...modified,
    };
  }
}

function nameOf(id: unknown): string | null {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

/** Names of fields that hold no prose. */
const NO_PROSE = /(?:^|_)(?:id|documentId|uuid|slug|url|hash|ext|mime|locale|type|provider|\w+At)$/i;
/** Entries nest a few components deep; relations may be circular in spirit and are cut here. */
const DEEPEST = 8;

function* stringsOf(value: unknown, pointer: string, depth: number): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [pointer, value];
  else if (typeof value === 'object' && value !== null && depth < DEEPEST) {
    for (const [key, inner] of Object.entries(value)) {
      if (!NO_PROSE.test(key))
        yield* stringsOf(inner, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`, depth + 1);
    }
  }
}
