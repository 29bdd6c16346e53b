import type { SettingsStore, TenantSettings } from './contract/settings.ts';
import type { Database, Row } from './database.ts';

export function settingsStore(db: Database): SettingsStore {
  return {
    async get(tenant) {
      const [row] = await db.all('SELECT * FROM tenant_settings WHERE tenant = ?1', [tenant]);
      return row === undefined ? null : settingsOf(row);
    },
    async anyAllows(origin) {
      const allows = 'EXISTS (SELECT 1 FROM json_each(cors_origins) WHERE value IN (?1, ?2))';
      const sql = `SELECT 1 FROM tenant_settings WHERE ${allows} LIMIT 1`;
      return (await db.all(sql, [origin, '*'])).length === 1;
    },
    async put(tenant, { policy, retain, retentionDays, corsOrigins, updatedAt }) {
      const sql =
        'INSERT OR REPLACE INTO tenant_settings (tenant, policy, retain, retention_days, cors_origins, updated_at)' +
        ' VALUES (?1, ?2, ?3, ?4, ?5, ?6)';
      const json = [JSON.stringify(policy), JSON.stringify(corsOrigins)] as const;
      await db.run(sql, [tenant, json[0], retain, retentionDays, json[1], updatedAt]);
    },
  };
}

export function settingsOf(row: Row): TenantSettings {
  return {
    policy: JSON.parse(row['policy'] as string) as TenantSettings['policy'],
    retain: row['retain'] as TenantSettings['retain'],
    retentionDays: row['retention_days'] as number,
    corsOrigins: JSON.parse(row['cors_origins'] as string) as string[],
    updatedAt: row['updated_at'] as number,
  };
}
