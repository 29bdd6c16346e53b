import type { SiteState, SiteStore } from './contract/site.ts';
import type { Database, Row } from './database.ts';
import { settingsOf } from './settings.ts';

/** Of `tenant_settings AS s`, all NULL where a tenant has set nothing. */
export const SETTINGS_COLUMNS = 's.policy, s.retain, s.retention_days, s.cors_origins, s.updated_at';

/** Subqueries that give what a sieve of a tenant (an expression) was made of. */
export function revisionsOf(tenant: string): string {
  return (
    `(SELECT revision FROM rule_revisions WHERE tenant = ${tenant}) AS rules,` +
    ` (SELECT revision FROM sample_revisions WHERE tenant = ${tenant}) AS samples,` +
    ` (SELECT revision FROM model_aliases WHERE tenant = ${tenant}) AS models`
  );
}

/** From a row with both. */
export function stateOf(row: Row): SiteState {
  const count = (name: string): number => (row[name] as number | null) ?? 0;
  const settings = row['retain'] === null ? null : settingsOf(row);
  return { settings, rules: count('rules'), samples: count('samples'), models: count('models') };
}

const STATE =
  `SELECT ${SETTINGS_COLUMNS}, ${revisionsOf('?1')} FROM (SELECT 1)` +
  ' LEFT JOIN tenant_settings AS s ON s.tenant = ?1';

export function siteStore(db: Database): SiteStore {
  return {
    async state(tenant) {
      const [row] = await db.all(STATE, [tenant]);
      return stateOf(row);
    },
  };
}
