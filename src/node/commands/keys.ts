import { writeFileSync } from 'node:fs';
import { createKey } from '../../service/api-key.ts';
import { SCOPES, type Scope } from '../../service/tenant.ts';
import { openStore } from '../../store/open-store.ts';
import type { ApiKey, Store } from '../../store/store.ts';
import { readConfig } from '../config.ts';
import { openDataFolder } from '../data-folder.ts';
import { EXIT, UserFailure } from '../failure.ts';
import { SqlScript } from '../sql-script.ts';
import { tenantOf } from '../tenant-flag.ts';

type Flags = Readonly<Record<string, unknown>>;
type StoreWork<T> = (store: Store, tenant: string) => Promise<T>;

const DAY_MS = 24 * 3600 * 1000;

/** `linesieve keys create`: prints the key, the only time that it can be read. Throws a `UserFailure`. */
export async function createCommand(flags: Flags): Promise<number> {
  const scopes = scopesOf(String(flags['scopes']));
  const days = daysOf(flags['days']);
  const environment = flags['test'] === true ? 'test' : 'live';
  const make = async (store: Store, tenant: string): Promise<string> => {
    const now = Date.now();
    const expiresAt = days === null ? null : now + days * DAY_MS;
    const wish = { name: String(flags['name']), scopes, environment, expiresAt } as const;
    return (await createKey(store, tenant, wish, now)).plain;
  };
  const { sql } = flags;
  const plain = typeof sql === 'string' ? await writeSql(sql, flags, make) : await withStore(flags, make);
  process.stdout.write(`${plain}\n`);
  return EXIT.clean;
}

/** Writes what is done to a store into a file, for a database that only wrangler reaches. */
async function writeSql<T>(file: string, flags: Flags, work: StoreWork<T>): Promise<T> {
  const script = new SqlScript();
  const result = await work(openStore(script), tenantOf(flags));
  writeFileSync(file, script.text);
  return result;
}

/** `linesieve keys list`: a key a line, newest first; no secret among it. */
export function listCommand(flags: Flags): Promise<number> {
  return withStore(flags, async (store, tenant) => {
    const keys = await store.keys.list(tenant);
    const shown = keys.map(({ hash: _hash, ...key }) => key);
    const text = flags['json'] === true ? JSON.stringify(shown) : keys.map(lineOf).join('\n');
    if (text !== '') process.stdout.write(`${text}\n`);
    return EXIT.clean;
  });
}

/** `linesieve keys revoke`: from now on the key opens nothing. Throws a `UserFailure` where there is no such key. */
export function revokeCommand(id: string, flags: Flags): Promise<number> {
  return withStore(flags, async (store, tenant) => {
    if (await store.keys.revoke(tenant, id, Date.now())) return EXIT.clean;
    throw new UserFailure(`there is no key ${id} of the tenant ${tenant}; linesieve keys list shows them`);
  });
}

async function withStore<T>(flags: Flags, work: StoreWork<T>): Promise<T> {
  const { data } = readConfig(flags, process.env).config;
  if (data === null) throw new UserFailure('keys are in a data folder; name it with --data, or LINESIEVE_DATA');
  const tenant = tenantOf(flags);
  // A service may be running on it: the check would read the whole file beside it.
  const store = openDataFolder(data, { check: false });
  return await work(store, tenant).finally(() => store.close());
}

function scopesOf(list: string): Scope[] {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !SCOPES.includes(name as Scope));
  if (unknown.length === 0) return names as Scope[];
  throw new UserFailure(`--scopes: there is no scope ${unknown.join(', ')}; choose of ${SCOPES.join(', ')}`);
}

function daysOf(days: unknown): number | null {
  if (typeof days !== 'string') return null;
  const number = Number(days);
  if (Number.isInteger(number) && number > 0 && number <= 36_500) return number;
  throw new UserFailure(`--days must be a whole number from 1 to 36500, not ${days}`);
}

function lineOf({ id, name, prefix, scopes, expiresAt, lastUsedAt, revokedAt }: ApiKey): string {
  const dates = [
    ...(revokedAt === null ? [] : [`revoked ${dateOf(revokedAt)}`]),
    ...(expiresAt === null ? [] : [`expires ${dateOf(expiresAt)}`]),
    lastUsedAt === null ? 'never used' : `used ${dateOf(lastUsedAt)}`,
  ];
  return [id, `${prefix}…`, scopes.join(','), dates.join(', '), name].join('  ');
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
