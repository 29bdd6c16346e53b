import type { ModelAliases, ModelRecord, ModelStore, Promotion } from './contract/models.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Database, Row, Statement } from './database.ts';
import { checkLimit } from './limit.ts';
import { StoreError } from './store-error.ts';

const FIRST = { at: Number.MAX_SAFE_INTEGER, id: '' };
const NONE: ModelAliases = {
  champion: null,
  previous: undefined,
  challenger: null,
  share: 0,
  learnFrom: 0,
  revision: 0,
};

export function modelStore(db: Database): ModelStore {
  return {
    async put(tenant, { digest, parent, createdAt, author, samplesRevision, card, state }) {
      const sql =
        'INSERT OR REPLACE INTO models (tenant, digest, parent, created_at, author, samples_revision, card, state)' +
        ' VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)';
      const facts = [tenant, digest, parent, createdAt, author, samplesRevision];
      await db.run(sql, [...facts, JSON.stringify(card), state]);
    },
    async get(tenant, digest) {
      const [row] = await db.all('SELECT * FROM models WHERE tenant = ?1 AND digest = ?2', [tenant, digest]);
      return row === undefined ? null : modelOf(row);
    },
    async list(tenant, { limit, cursor }) {
      checkLimit(limit);
      const { at, id } = cursor === undefined ? FIRST : decodeCursor(cursor);
      const sql =
        'SELECT * FROM models WHERE tenant = ?1 AND (created_at, digest) < (?2, ?3)' +
        ' ORDER BY created_at DESC, digest DESC LIMIT ?4';
      const rows = (await db.all(sql, [tenant, at, id, limit + 1])).map(modelOf);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const isMore = rows.length > limit && last !== undefined;
      return { items, next: isMore ? encodeCursor({ at: last.createdAt, id: last.digest }) : null };
    },
    async aliases(tenant) {
      const [row] = await db.all('SELECT * FROM model_aliases WHERE tenant = ?1', [tenant]);
      return row === undefined ? NONE : aliasesOf(row);
    },
    async promote(tenant, revision, { at, from, to, author, reason }, learnFrom) {
      const log =
        'INSERT INTO promotions (tenant, revision, at, from_digest, to_digest, author, reason)' +
        ' SELECT ?1, ?2 + 1, ?3, ?4, ?5, ?6, ?7 FROM model_aliases WHERE tenant = ?1 AND revision = ?2 RETURNING revision';
      const change =
        'UPDATE model_aliases SET previous = champion, has_previous = 1, champion = ?3, learn_from = ?4, revision = revision + 1' +
        ' WHERE tenant = ?1 AND revision = ?2 RETURNING revision';
      await changeAliases(db, tenant, [
        { sql: log, params: [tenant, revision, at, from, to, author, reason] },
        { sql: change, params: [tenant, revision, to, learnFrom] },
      ]);
    },
    async setChallenger(tenant, revision, challenger, share) {
      const sql =
        'UPDATE model_aliases SET challenger = ?3, share = ?4, revision = revision + 1' +
        ' WHERE tenant = ?1 AND revision = ?2 RETURNING revision';
      await changeAliases(db, tenant, [{ sql, params: [tenant, revision, challenger, share] }]);
    },
    async history(tenant, limit) {
      checkLimit(limit);
      const sql = 'SELECT * FROM promotions WHERE tenant = ?1 ORDER BY revision DESC LIMIT ?2';
      return (await db.all(sql, [tenant, limit])).map(promotionOf);
    },
  };
}

/** Runs statements that change the aliases of a revision; the last says by a row whether they were still those. */
async function changeAliases(db: Database, tenant: string, statements: readonly Statement[]): Promise<void> {
  const first =
    'INSERT OR IGNORE INTO model_aliases (tenant, champion, previous, has_previous, challenger, share, learn_from, revision)' +
    ' VALUES (?1, NULL, NULL, 0, NULL, 0, 0, 0)';
  const outcomes = await db.batch([{ sql: first, params: [tenant] }, ...statements]);
  if (outcomes.at(-1)?.rows.length === 1) return;
  throw new StoreError('conflict', 'another model was promoted meanwhile: look which one, and decide again');
}

function modelOf(row: Row): ModelRecord {
  return {
    digest: row['digest'] as string,
    parent: row['parent'] as string | null,
    createdAt: row['created_at'] as number,
    author: row['author'] as string,
    samplesRevision: row['samples_revision'] as number,
    card: JSON.parse(row['card'] as string) as ModelRecord['card'],
    state: row['state'] as ModelRecord['state'],
  };
}

function aliasesOf(row: Row): ModelAliases {
  return {
    champion: row['champion'] as string | null,
    previous: row['has_previous'] === 1 ? (row['previous'] as string | null) : undefined,
    challenger: row['challenger'] as string | null,
    share: row['share'] as number,
    learnFrom: row['learn_from'] as number,
    revision: row['revision'] as number,
  };
}

function promotionOf(row: Row): Promotion {
  return {
    at: row['at'] as number,
    from: row['from_digest'] as string | null,
    to: row['to_digest'] as string | null,
    author: row['author'] as string,
    reason: row['reason'] as string,
  };
}
