import type { Admission, ApiKey, KeyStore, NewApiKey } from './contract/keys.ts';
import type { Database, Parameter, Row } from './database.ts';
import { RememberedReads } from './remembered-reads.ts';
import { revisionsOf, SETTINGS_COLUMNS, stateOf } from './site.ts';

const COLUMNS = 'tenant, id, name, hash, prefix, scopes, created_at, expires_at';

/** The key with the state of its tenant's site. Both tables have a column `tenant`: the key's comes last and counts. */
const ADMIT =
  `SELECT ${SETTINGS_COLUMNS}, ${revisionsOf('k.tenant')}, k.* FROM api_keys AS k` +
  ' LEFT JOIN tenant_settings AS s ON s.tenant = k.tenant WHERE k.hash = ?1';

/** Last use is shown to people who ask which keys are dead: a minute is precise enough, and spares a write per request. */
const TOUCH_MS = 60_000;

/** Keys whose last touch one process remembers; past it, the memory starts anew and the database alone spares the write. */
const MOST_REMEMBERED = 10_000;

/** The key `id` of tenant `?1` where it may still be replaced at the time `at`; both are placeholders. */
function replaceable(id: string, at: string): string {
  const alive = `(old.expires_at IS NULL OR old.expires_at > ${at})`;
  return `old.tenant = ?1 AND old.id = ${id} AND old.revoked_at IS NULL AND old.replaced_by IS NULL AND ${alive}`;
}

/** The key `name` has the scope `?4`, and opens something at the time `?3`. */
function isInForce(name: string): string {
  const scoped = `EXISTS (SELECT 1 FROM json_each(${name}.scopes) WHERE value = ?4)`;
  return `${name}.revoked_at IS NULL AND (${name}.expires_at IS NULL OR ${name}.expires_at > ?3) AND ${scoped}`;
}

const REVOKE = 'UPDATE api_keys SET revoked_at = IFNULL(revoked_at, ?3) WHERE tenant = ?1 AND id = ?2';

/** The condition stands in the statement that writes: what was read before it may be over. A key that was replaced ends by itself, and is no other. */
const REVOKE_UNLESS_LAST =
  `${REVOKE} AND (NOT (${isInForce('api_keys')}) OR EXISTS (SELECT 1 FROM api_keys AS other` +
  ` WHERE other.tenant = ?1 AND other.id <> ?2 AND other.replaced_by IS NULL AND ${isInForce('other')}))`;

export function keyStore(db: Database): KeyStore {
  const touched = new Map<string, number>();
  const admissions = new RememberedReads<Admission>(db);
  return {
    async create(tenant, key) {
      await db.run(`INSERT INTO api_keys (${COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`, valuesOf(tenant, key));
    },
    async createFirst(tenant, key) {
      const sql =
        `INSERT INTO api_keys (${COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8` +
        ' WHERE NOT EXISTS (SELECT 1 FROM api_keys)';
      return (await db.run(sql, valuesOf(tenant, key))).changes === 1;
    },
    async findByHash(hash) {
      return await admissions.read(hash, async () => {
        const [row] = await db.all(ADMIT, [hash]);
        return row === undefined ? null : { key: apiKeyOf(row), site: stateOf(row) };
      });
    },
    async list(tenant) {
      const sql = 'SELECT * FROM api_keys WHERE tenant = ?1 ORDER BY created_at DESC, id DESC';
      return (await db.all(sql, [tenant])).map(apiKeyOf);
    },
    async revoke(tenant, id, at) {
      return (await db.run(REVOKE, [tenant, id, at])).changes === 1;
    },
    async revokeUnlessLast(tenant, id, at, scope) {
      const [revoked, found] = await db.batch([
        { sql: REVOKE_UNLESS_LAST, params: [tenant, id, at, scope] },
        { sql: 'SELECT 1 AS found FROM api_keys WHERE tenant = ?1 AND id = ?2', params: [tenant, id] },
      ]);
      if (revoked?.changes === 1) return 'revoked';
      return found?.rows.length === 1 ? 'last' : 'missing';
    },
    async rotate(tenant, id, next, overlapUntil) {
      const insert =
        `INSERT INTO api_keys (${COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8` +
        ` FROM api_keys AS old WHERE ${replaceable('?9', '?7')}`;
      const replace =
        'UPDATE api_keys AS old SET replaced_by = ?2, expires_at = MIN(IFNULL(expires_at, ?3), ?3)' +
        ` WHERE ${replaceable('?4', '?5')}`;
      const outcomes = await db.batch([
        { sql: insert, params: [...valuesOf(tenant, next), id] },
        { sql: replace, params: [tenant, next.id, overlapUntil, id, next.createdAt] },
      ]);
      return outcomes[1]?.changes === 1;
    },
    async touch(tenant, id, at) {
      const name = JSON.stringify([tenant, id]);
      if (at - (touched.get(name) ?? -Infinity) < TOUCH_MS) return;
      if (touched.size >= MOST_REMEMBERED) touched.clear();
      touched.set(name, at);
      const sql =
        'UPDATE api_keys SET last_used_at = ?3 WHERE tenant = ?1 AND id = ?2' +
        ' AND (last_used_at IS NULL OR last_used_at <= ?4)';
      await db.run(sql, [tenant, id, at, at - TOUCH_MS]);
    },
  };
}

function valuesOf(tenant: string, key: NewApiKey): Parameter[] {
  const { id, name, hash, prefix, scopes, createdAt, expiresAt } = key;
  return [tenant, id, name, hash, prefix, JSON.stringify(scopes), createdAt, expiresAt];
}

function apiKeyOf(row: Row): ApiKey {
  return {
    id: row['id'] as string,
    tenant: row['tenant'] as string,
    name: row['name'] as string,
    hash: row['hash'] as string,
    prefix: row['prefix'] as string,
    scopes: JSON.parse(row['scopes'] as string) as string[],
    createdAt: row['created_at'] as number,
    expiresAt: row['expires_at'] as number | null,
    lastUsedAt: row['last_used_at'] as number | null,
    revokedAt: row['revoked_at'] as number | null,
    replacedBy: row['replaced_by'] as string | null,
  };
}
