import type { DailyUsage, UsageStore } from './contract/usage.ts';
import type { Database, Row, Statement } from './database.ts';

const COUNTS = ['requests', 'documents', 'lines', 'characters', 'flagged'] as const;

const ADD =
  `INSERT INTO daily_usage (tenant, day, ${COUNTS.join(', ')}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)` +
  ` ON CONFLICT (tenant, day) DO UPDATE SET ${COUNTS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`;

/** Adds to the counts of a day. */
export function addUsage(tenant: string, { day, ...counts }: DailyUsage): Statement {
  return { sql: ADD, params: [tenant, day, ...COUNTS.map((name) => counts[name])], addsFrom: 2 };
}

export function usageStore(db: Database): UsageStore {
  return {
    async add(tenant, day, counts) {
      await db.batch([addUsage(tenant, { day, ...counts })]);
    },
    async range(tenant, from, to) {
      const sql = 'SELECT * FROM daily_usage WHERE tenant = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day';
      return (await db.all(sql, [tenant, from, to])).map(dailyUsageOf);
    },
  };
}

function dailyUsageOf(row: Row): DailyUsage {
  return {
    day: row['day'] as string,
    requests: row['requests'] as number,
    documents: row['documents'] as number,
    lines: row['lines'] as number,
    characters: row['characters'] as number,
    flagged: row['flagged'] as number,
  };
}
