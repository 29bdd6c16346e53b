import type { FigureStore } from './contract/figures.ts';
import { MOST_PARAMETERS, type Database, type Statement } from './database.ts';
import { checkLimit } from './limit.ts';

export function figureStore(db: Database): FigureStore {
  return {
    async add(tenant, week, counts) {
      if (counts.length === 0) return;
      checkLimit(counts.length);
      const most = Math.floor((MOST_PARAMETERS - 2) / 3);
      const statements: Statement[] = [];
      for (let start = 0; start < counts.length; start += most) {
        const chunk = counts.slice(start, start + most);
        const tuples = chunk.map((_, at) => `(?1, ?2, ?${3 * at + 3}, ?${3 * at + 4}, ?${3 * at + 5})`).join(', ');
        const sql =
          `INSERT INTO weekly_figures (tenant, week, figure, key, count) VALUES ${tuples}` +
          ' ON CONFLICT (tenant, week, figure, key) DO UPDATE SET count = count + excluded.count';
        const values = chunk.flatMap(({ figure, key, count }) => [figure, key, count]);
        statements.push({ sql, params: [tenant, week, ...values] });
      }
      await db.batch(statements);
    },
    async of(tenant, week) {
      const sql = 'SELECT figure, key, count FROM weekly_figures WHERE tenant = ?1 AND week = ?2 ORDER BY figure, key';
      const rows = await db.all(sql, [tenant, week]);
      return rows.map((row) => ({
        figure: row['figure'] as string,
        key: row['key'] as string,
        count: row['count'] as number,
      }));
    },
    async weeks(tenant, limit) {
      checkLimit(limit);
      const sql = 'SELECT DISTINCT week FROM weekly_figures WHERE tenant = ?1 ORDER BY week DESC LIMIT ?2';
      return (await db.all(sql, [tenant, limit])).map((row) => row['week'] as string);
    },
  };
}
