import type {
  Addition,
  NewSampleRecord,
  SampleCounts,
  SampleOrigin,
  SampleRecord,
  SampleStore,
} from './contract/samples.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { MOST_PARAMETERS, type Database, type Parameter, type Row, type Statement } from './database.ts';
import { insertRows } from './insert.ts';
import { checkLimit } from './limit.ts';

const COLUMNS = (
  'tenant id text text_hash label category language origin author site ' +
  'document_id verdict_id influence created_at state revision'
).split(' ');
const STRENGTH: Readonly<Record<SampleOrigin, number>> = { import: 0, rule: 1, human: 2 };
const FIRST = { at: Number.MAX_SAFE_INTEGER, id: '' };

export function sampleStore(db: Database): SampleStore {
  const revisionOf = async (tenant: string): Promise<number> => {
    const [row] = await db.all('SELECT revision FROM sample_revisions WHERE tenant = ?1', [tenant]);
    return (row?.['revision'] as number | undefined) ?? 0;
  };
  return {
    async add(tenant, samples) {
      if (samples.length === 0) return [];
      checkLimit(samples.length);
      const { additions, beaten } = decide(
        samples,
        await activeOf(db, tenant, samples),
        (await revisionOf(tenant)) + 1,
      );
      const fresh = additions.filter(({ outcome }) => outcome !== 'duplicate').map(({ sample }) => sample);
      if (fresh.length === 0) return additions;
      await db.batch([
        nextRevision(tenant),
        ...beaten.map((id) => stateStatement(tenant, id, 'ignored')),
        ...insertRows(
          'samples',
          COLUMNS,
          fresh.map((sample) => valuesOf(tenant, sample)),
        ),
        // Where somebody was faster, the number is another one than was counted on.
        ...stamps(tenant, [...fresh.map(({ id }) => id), ...beaten]),
      ]);
      return additions;
    },
    async get(tenant, id) {
      const [row] = await db.all('SELECT * FROM samples WHERE tenant = ?1 AND id = ?2', [tenant, id]);
      return row === undefined ? null : sampleOf(row);
    },
    async activeWith(tenant, textHash) {
      const sql = "SELECT * FROM samples WHERE tenant = ?1 AND text_hash = ?2 AND state = 'active'";
      const [row] = await db.all(sql, [tenant, textHash]);
      return row === undefined ? null : sampleOf(row);
    },
    async list(tenant, { limit, state, author, cursor }) {
      checkLimit(limit);
      const { at, id } = cursor === undefined ? FIRST : decodeCursor(cursor);
      const wanted = state === undefined ? (author === undefined ? '' : ' AND author = ?5') : ' AND state = ?5';
      const also = state !== undefined && author !== undefined ? ' AND author = ?6' : '';
      const sql =
        `SELECT * FROM samples WHERE tenant = ?1${wanted}${also} AND (created_at, id) < (?2, ?3)` +
        ' ORDER BY created_at DESC, id DESC LIMIT ?4';
      const filters = [state, author].filter((value) => value !== undefined);
      const rows = (await db.all(sql, [tenant, at, id, limit + 1, ...filters])).map(sampleOf);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last !== undefined ? encodeCursor({ at: last.createdAt, id: last.id }) : null;
      return { items, next };
    },
    async setState(tenant, id, state) {
      const [, changed] = await db.batch([nextRevision(tenant), stateStatement(tenant, id, state)]);
      return changed.changes === 1;
    },
    async withdraw(tenant, ids) {
      if (ids.length === 0) return 0;
      checkLimit(ids.length);
      const [, ...changed] = await db.batch([nextRevision(tenant), ...withdrawals(tenant, ids)]);
      return changed.reduce((sum, { changes }) => sum + changes, 0);
    },
    async withdrawAuthor(tenant, author, limit) {
      checkLimit(limit);
      const theirs =
        "SELECT id FROM samples WHERE tenant = ?1 AND author = ?2 AND state <> 'withdrawn'" +
        ' ORDER BY created_at DESC, id DESC LIMIT ?3';
      const sql = `UPDATE samples SET state = 'withdrawn', revision = ${CURRENT} WHERE tenant = ?1 AND id IN (${theirs})`;
      const [, changed] = await db.batch([nextRevision(tenant), { sql, params: [tenant, author, limit] }]);
      return changed.changes;
    },
    revision: revisionOf,
    async changedSince(tenant, { revision, id }, limit) {
      checkLimit(limit);
      const sql =
        'SELECT * FROM samples WHERE tenant = ?1 AND (revision, id) > (?2, ?3) ORDER BY revision, id LIMIT ?4';
      return (await db.all(sql, [tenant, revision, id, limit])).map(sampleOf);
    },
    async learned(tenant, afterId, limit) {
      checkLimit(limit);
      const sql = "SELECT * FROM samples WHERE tenant = ?1 AND id > ?2 AND state = 'active' ORDER BY id LIMIT ?3";
      return (await db.all(sql, [tenant, afterId, limit])).map(sampleOf);
    },
    async revisions() {
      const rows = await db.all('SELECT tenant, revision FROM sample_revisions ORDER BY tenant');
      return rows.map((row) => ({ tenant: row['tenant'] as string, revision: row['revision'] as number }));
    },
    async counts(tenant) {
      const sql = 'SELECT state, COUNT(*) AS samples FROM samples WHERE tenant = ?1 GROUP BY state';
      const rows = await db.all(sql, [tenant]);
      const counts = { active: 0, withdrawn: 0, ignored: 0, conflict: 0 };
      for (const row of rows) counts[row['state'] as keyof SampleCounts] = row['samples'] as number;
      return counts;
    },
    async countFrom(tenant, author, since) {
      const sql = 'SELECT COUNT(*) AS samples FROM samples WHERE tenant = ?1 AND author = ?2 AND created_at >= ?3';
      const [row] = await db.all(sql, [tenant, author, since]);
      return row['samples'] as number;
    },
  };
}

/** What becomes of each sample, and the ids of those that stronger ones beat. Samples of one call are compared in their order. */
function decide(
  samples: readonly NewSampleRecord[],
  active: ReadonlyMap<string, SampleRecord>,
  revision: number,
): { additions: Addition[]; beaten: string[] } {
  const learned = new Map(active);
  const beaten: string[] = [];
  const additions = samples.map((given): Addition => {
    const other = learned.get(given.textHash);
    if (other?.label === given.label) return { sample: other, outcome: 'duplicate', with: other.id };
    if (other !== undefined && STRENGTH[given.origin] <= STRENGTH[other.origin]) {
      const state = STRENGTH[given.origin] === STRENGTH[other.origin] ? 'conflict' : 'ignored';
      return { sample: { ...given, state, revision }, outcome: 'conflict', with: other.id };
    }
    if (other !== undefined) beaten.push(other.id);
    const sample: SampleRecord = { ...given, state: 'active', revision };
    learned.set(given.textHash, sample);
    return { sample, outcome: 'added', with: other?.id ?? null };
  });
  const late = new Set(beaten);
  const settled = additions.map((addition) =>
    addition.outcome === 'added' && late.has(addition.sample.id)
      ? { ...addition, sample: { ...addition.sample, state: 'ignored' as const } }
      : addition,
  );
  return { additions: settled, beaten: beaten.filter((id) => [...active.values()].some((sample) => sample.id === id)) };
}

async function activeOf(
  db: Database,
  tenant: string,
  samples: readonly NewSampleRecord[],
): Promise<Map<string, SampleRecord>> {
  const hashes = [...new Set(samples.map(({ textHash }) => textHash))];
  const found = new Map<string, SampleRecord>();
  for (let start = 0; start < hashes.length; start += MOST_PARAMETERS - 1) {
    const chunk = hashes.slice(start, start + MOST_PARAMETERS - 1);
    const sql =
      "SELECT * FROM samples WHERE tenant = ? AND state = 'active' AND text_hash IN " +
      `(${chunk.map(() => '?').join(', ')})`;
    for (const row of await db.all(sql, [tenant, ...chunk])) {
      const sample = sampleOf(row);
      found.set(sample.textHash, sample);
    }
  }
  return found;
}

const CURRENT = '(SELECT revision FROM sample_revisions WHERE tenant = ?1)';

function nextRevision(tenant: string): Statement {
  const sql =
    'INSERT INTO sample_revisions (tenant, revision) VALUES (?1, 1)' +
    ' ON CONFLICT (tenant) DO UPDATE SET revision = revision + 1';
  return { sql, params: [tenant] };
}

function stateStatement(tenant: string, id: string, state: string): Statement {
  const sql = `UPDATE samples SET state = ?3, revision = ${CURRENT} WHERE tenant = ?1 AND id = ?2 AND state <> ?3`;
  return { sql, params: [tenant, id, state] };
}

function stamps(tenant: string, ids: readonly string[]): Statement[] {
  return byIds(
    tenant,
    ids,
    (places) => `UPDATE samples SET revision = ${CURRENT} WHERE tenant = ?1 AND id IN (${places})`,
  );
}

function withdrawals(tenant: string, ids: readonly string[]): Statement[] {
  const set = `UPDATE samples SET state = 'withdrawn', revision = ${CURRENT}`;
  return byIds(tenant, ids, (places) => `${set} WHERE tenant = ?1 AND id IN (${places}) AND state <> 'withdrawn'`);
}

/** One statement for as many ids as may be bound. */
function byIds(tenant: string, ids: readonly string[], sqlOf: (places: string) => string): Statement[] {
  const statements: Statement[] = [];
  for (let start = 0; start < ids.length; start += MOST_PARAMETERS - 1) {
    const chunk = ids.slice(start, start + MOST_PARAMETERS - 1);
    const places = chunk.map((_, at) => `?${at + 2}`).join(', ');
    statements.push({ sql: sqlOf(places), params: [tenant, ...chunk] });
  }
  return statements;
}

function valuesOf(tenant: string, sample: SampleRecord): Parameter[] {
  const { id, text, textHash, label, category, language, origin, author, site } = sample;
  const { documentId, verdictId, influence, createdAt, state, revision } = sample;
  const who = [tenant, id, text, textHash, label, category, language, origin, author, site];
  return [...who, documentId, verdictId, influence, createdAt, state, revision];
}

function sampleOf(row: Row): SampleRecord {
  return {
    id: row['id'] as string,
    text: row['text'] as string,
    textHash: row['text_hash'] as string,
    label: row['label'] as SampleRecord['label'],
    category: row['category'] as string | null,
    language: row['language'] as string | null,
    origin: row['origin'] as SampleOrigin,
    author: row['author'] as string,
    site: row['site'] as string | null,
    documentId: row['document_id'] as string | null,
    verdictId: row['verdict_id'] as string | null,
    influence: row['influence'] as number,
    createdAt: row['created_at'] as number,
    state: row['state'] as SampleRecord['state'],
    revision: row['revision'] as number,
  };
}
