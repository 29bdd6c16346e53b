import type { EngineStamp } from '../verdict/verdict.ts';
import type { HonestText, NewVerdict, VerdictStore } from './contract/verdicts.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Database, Parameter, Row } from './database.ts';
import { insertRows } from './insert.ts';
import { checkLimit } from './limit.ts';
import { joinParts, PART_COLUMNS, partsOf, readParts } from './verdict-parts.ts';
import { addUsage } from './usage.ts';
import { recordOf, SUMMARY_COLUMNS, summaryOf } from './verdict-rows.ts';

const COLUMNS = ['tenant', ...SUMMARY_COLUMNS, 'options', 'text_kept', 'text', 'spans'];

/** After every row: no time is later. */
const FIRST = { at: Number.MAX_SAFE_INTEGER, id: '' };

/** A tenant that has stopped keeping texts has passes without them: so many are looked through for each text wanted. */
const PASSES_PER_TEXT = 10;

/** Texts that are read in one statement; each has a row's length at most, and longer ones are read by themselves. */
const TEXTS_AT_ONCE = 10;

export function verdictStore(db: Database): VerdictStore {
  return {
    async put(tenant, records, usage) {
      const rows = records.map(laidOut);
      await db.batch([
        ...insertRows(
          'verdicts',
          COLUMNS,
          rows.map(({ record, text, spans }) => [tenant, ...valuesOf(record), text, spans]),
        ),
        ...insertRows(
          'verdict_parts',
          PART_COLUMNS,
          rows.flatMap(({ parts }) => parts.map((part) => [tenant, ...part])),
        ),
        ...(usage === undefined ? [] : [addUsage(tenant, usage)]),
      ]);
    },
    async get(tenant, id, now) {
      const [found, kept] = await db.batch([
        { sql: `SELECT * FROM verdicts WHERE tenant = ?1 AND id = ?2 AND ${isKept('?3')}`, params: [tenant, id, now] },
        readParts(tenant, id),
      ]);
      const row = found?.rows[0];
      return row === undefined ? null : recordOf(row, joinParts(kept?.rows ?? []));
    },
    async list(tenant, { limit, verdict, cursor }, now) {
      checkLimit(limit);
      const { at, id } = cursor === undefined ? FIRST : decodeCursor(cursor);
      const kind = verdict === undefined ? '' : ' AND verdict = ?6';
      const sql =
        `SELECT ${SUMMARY_COLUMNS.join(', ')} FROM verdicts WHERE tenant = ?1${kind}` +
        ` AND (at, id) < (?2, ?3) AND ${isKept('?5')} ORDER BY at DESC, id DESC LIMIT ?4`;
      const params: Parameter[] = [tenant, at, id, limit + 1, now, ...(verdict === undefined ? [] : [verdict])];
      const rows = (await db.all(sql, params)).map(summaryOf);
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? encodeCursor(items.at(-1) ?? FIRST) : null };
    },
    async remove(tenant, id) {
      const sql = 'DELETE FROM verdicts WHERE tenant = ?1 AND id = ?2 RETURNING id';
      return (await db.all(sql, [tenant, id])).length === 1;
    },
    async purgeExpired(now, limit) {
      const expired = 'SELECT rowid FROM verdicts WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2';
      return (await db.all(`DELETE FROM verdicts WHERE rowid IN (${expired}) RETURNING id`, [now, limit])).length;
    },
    async *recentHonest(tenant, limit, now) {
      checkLimit(limit);
      const passes =
        "SELECT id, at, input, text_kept FROM verdicts WHERE tenant = ?1 AND verdict = 'pass' AND " +
        isKept('?4') +
        ' ORDER BY at DESC, id DESC LIMIT ?2';
      const sql = `SELECT id, at, input FROM (${passes}) WHERE text_kept = 1 LIMIT ?3`;
      const rows = await db.all(sql, [tenant, limit * PASSES_PER_TEXT, limit, now]);
      for (let from = 0; from < rows.length; from += TEXTS_AT_ONCE)
        yield* honestTexts(db, tenant, rows.slice(from, from + TEXTS_AT_ONCE));
    },
  };
}

/** The condition that a verdict has not expired at `now`, a parameter. */
const isKept = (now: string): string => `(expires_at IS NULL OR expires_at > ${now})`;

/** The rows with their texts, without those that were removed meanwhile. */
async function* honestTexts(db: Database, tenant: string, rows: readonly Row[]): AsyncGenerator<HonestText> {
  const ids = rows.map((row) => row['id'] as string);
  const places = ids.map((_, at) => `?${at + 2}`).join(', ');
  const sql = `SELECT id, text FROM verdicts WHERE tenant = ?1 AND id IN (${places})`;
  const found = await db.all(sql, [tenant, ...ids]);
  const texts = new Map(found.map((row) => [row['id'], row['text'] as string | null]));
  for (const row of rows) {
    const id = row['id'] as string;
    const text = texts.get(id) ?? (await longText(db, tenant, id));
    if (text !== null) yield { id, at: row['at'] as number, input: row['input'] as HonestText['input'], text };
  }
}

/** `null` where it was removed meanwhile. */
async function longText(db: Database, tenant: string, id: string): Promise<string | null> {
  const { sql, params } = readParts(tenant, id);
  return joinParts(await db.all(sql, params)).text;
}

/** A record with its text and spans in its own row, or where they are long, in parts. */
function laidOut(record: NewVerdict): {
  record: NewVerdict;
  text: string | null;
  spans: string | null;
  parts: Parameter[][];
} {
  const spans = record.spans === null ? null : JSON.stringify(record.spans);
  const parts = partsOf(record.id, { text: record.text, spans });
  return parts.length === 0 ? { record, text: record.text, spans, parts } : { record, text: null, spans: null, parts };
}

/** A sieve gives all its verdicts one stamp, which never changes. */
const engineTexts = new WeakMap<EngineStamp, string>();

function engineText(engine: EngineStamp): string {
  const text = engineTexts.get(engine) ?? JSON.stringify(engine);
  if (Object.isFrozen(engine)) engineTexts.set(engine, text);
  return text;
}

/** In the order of `COLUMNS`, from the first after the tenant to the last before the text. */
function valuesOf(record: NewVerdict): Parameter[] {
  const { id, at, verdict, mode, posterior, engine, documentId, contentHash, input, expiresAt, options } = record;
  const summary = [id, at, verdict, mode, posterior, engineText(engine), documentId, contentHash, input, expiresAt];
  return [...summary, JSON.stringify(options), record.text !== null];
}
