import type { RuleStore, SiteRule } from './contract/rules.ts';
import type { Database, Parameter, Row, Statement } from './database.ts';

const COLUMNS = 'tenant, id, kind, category, pattern, weight, description, author, reason, created_at, expires_at';

/** The others are counted in the statement that writes: of several that are put at once, none passes the limit. */
const PUT =
  `INSERT OR REPLACE INTO site_rules (${COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11` +
  ' WHERE (SELECT count(*) FROM site_rules' +
  ' WHERE tenant = ?1 AND id <> ?2 AND (expires_at IS NULL OR expires_at > ?10)) < ?12';

export function ruleStore(db: Database): RuleStore {
  return {
    async list(tenant, now) {
      const sql = 'SELECT * FROM site_rules WHERE tenant = ?1 AND (expires_at IS NULL OR expires_at > ?2) ORDER BY id';
      const [revisions, found] = await db.batch([revisionOf(tenant), { sql, params: [tenant, now] }]);
      const rules = (found?.rows ?? []).map(siteRuleOf);
      const expiries = rules.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt]));
      const changesAt = expiries.length === 0 ? null : expiries.reduce((least, time) => Math.min(least, time));
      return { revision: numberIn(revisions?.rows), rules, changesAt };
    },
    async revision(tenant) {
      const { sql, params } = revisionOf(tenant);
      return numberIn(await db.all(sql, params));
    },
    async get(tenant, id) {
      const [row] = await db.all('SELECT * FROM site_rules WHERE tenant = ?1 AND id = ?2', [tenant, id]);
      return row === undefined ? null : siteRuleOf(row);
    },
    async put(tenant, rule, most = Number.MAX_SAFE_INTEGER) {
      const [put] = await db.batch([{ sql: PUT, params: [...valuesOf(tenant, rule), most] }, nextRevision(tenant)]);
      return put?.changes !== 0;
    },
    async delete(tenant, id) {
      const sql = 'DELETE FROM site_rules WHERE tenant = ?1 AND id = ?2';
      const [deleted] = await db.batch([{ sql, params: [tenant, id] }, nextRevision(tenant)]);
      return deleted?.changes === 1;
    },
  };
}

function revisionOf(tenant: string): Statement {
  return { sql: 'SELECT revision FROM rule_revisions WHERE tenant = ?1', params: [tenant] };
}

/** Counted in the transaction of the write, also where a delete finds nothing: a cache that is refilled for nothing is right still. */
function nextRevision(tenant: string): Statement {
  const sql =
    'INSERT INTO rule_revisions (tenant, revision) VALUES (?1, 1)' +
    ' ON CONFLICT (tenant) DO UPDATE SET revision = revision + 1';
  return { sql, params: [tenant] };
}

function numberIn(rows: readonly Row[] | undefined): number {
  return (rows?.[0]?.['revision'] as number | undefined) ?? 0;
}

function valuesOf(tenant: string, rule: SiteRule): Parameter[] {
  const { id, kind, category, pattern, weight, description, author, reason, createdAt, expiresAt } = rule;
  return [tenant, id, kind, category, pattern, weight, description, author, reason, createdAt, expiresAt];
}

function siteRuleOf(row: Row): SiteRule {
  return {
    id: row['id'] as string,
    kind: row['kind'] as SiteRule['kind'],
    category: row['category'] as string,
    pattern: row['pattern'] as string,
    weight: row['weight'] as number,
    description: row['description'] as string,
    author: row['author'] as string,
    reason: row['reason'] as string,
    createdAt: row['created_at'] as number,
    expiresAt: row['expires_at'] as number | null,
  };
}
