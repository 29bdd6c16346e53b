import { auditStore } from './audits.ts';
import { openDatabase, type Backend, type Database } from './database.ts';
import { disagreementStore } from './disagreements.ts';
import { figureStore } from './figures.ts';
import { idempotencyStore } from './idempotency.ts';
import { jobStore } from './jobs.ts';
import { keyStore } from './keys.ts';
import { modelStore } from './models.ts';
import { rateStore } from './rates.ts';
import { ruleStore } from './rules.ts';
import { sampleStore } from './samples.ts';
import { readSchema } from './schema.ts';
import { settingsStore } from './settings.ts';
import { siteStore } from './site.ts';
import type { Store, StoreHealth } from './store.ts';
import { usageStore } from './usage.ts';
import { verdictStore } from './verdicts.ts';
import { webhookStore } from './webhooks.ts';

/** Settled deliveries are shown to whoever asks why a webhook did not come; nobody asks after a month. */
const DELIVERIES_KEPT_MS = 30 * 24 * 3600 * 1000;

/** The store on a backend whose database has been migrated (`health` says whether it has). */
export function openStore(backend: Backend): Store {
  const db = openDatabase(backend);
  const verdicts = verdictStore(db);
  const webhooks = webhookStore(db);
  const idempotency = idempotencyStore(db);
  const rates = rateStore(db);
  const disagreements = disagreementStore(db);
  return {
    keys: keyStore(db),
    verdicts,
    rules: ruleStore(db),
    settings: settingsStore(db),
    webhooks,
    usage: usageStore(db),
    idempotency,
    rates,
    site: siteStore(db),
    samples: sampleStore(db),
    models: modelStore(db),
    jobs: jobStore(db),
    audits: auditStore(db),
    disagreements,
    figures: figureStore(db),
    health: () => readHealth(db),
    async purge(now, limit) {
      const deleted = [
        await verdicts.purgeExpired(now, limit),
        await webhooks.purgeSettled(now - DELIVERIES_KEPT_MS, limit),
        await idempotency.purgeExpired(now, limit),
        await rates.purgeIdle(now, limit),
        await disagreements.purgeExpired(now, limit),
      ];
      return deleted.reduce((sum, count) => sum + count);
    },
    close: () => db.close(),
  };
}

/** A write that changes nothing to be read: a database that is full, read-only or gone fails it. */
async function readHealth(db: Database): Promise<StoreHealth> {
  const schema = await readSchema(db);
  await db.batch([
    { sql: "INSERT OR REPLACE INTO rates (key, full_at, allowed) VALUES ('health', 0, 1)", params: [] },
    { sql: "DELETE FROM rates WHERE key = 'health'", params: [] },
  ]);
  return { backend: db.kind, schema };
}
