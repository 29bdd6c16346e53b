import type { SiteStore } from './contract/site.ts';
import type { Database } from './database.ts';
import { settingsOf } from './settings.ts';

const REVISIONS =
  'SELECT (SELECT revision FROM rule_revisions WHERE tenant = ?1) AS rules,' +
  ' (SELECT revision FROM sample_revisions WHERE tenant = ?1) AS samples,' +
  ' (SELECT revision FROM model_aliases WHERE tenant = ?1) AS models';

export function siteStore(db: Database): SiteStore {
  return {
    async state(tenant) {
      const [settings, revisions] = await db.batch([
        { sql: 'SELECT * FROM tenant_settings WHERE tenant = ?1', params: [tenant] },
        { sql: REVISIONS, params: [tenant] },
      ]);
      const [row] = settings.rows;
      const count = (name: string): number => (revisions.rows[0][name] as number | null) ?? 0;
      return {
        settings: row === undefined ? null : settingsOf(row),
        rules: count('rules'),
        samples: count('samples'),
        models: count('models'),
      };
    },
  };
}
