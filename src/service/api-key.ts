import type { NewApiKey, Store } from '../store/store.ts';
import { DEFAULT_TENANT, type Scope } from './tenant.ts';
import { sha256Hex } from '../sha256.ts';

export type KeyEnvironment = 'live' | 'test';

/** A key as it is made: `plain` is shown once and kept nowhere. */
export interface MintedKey {
  readonly plain: string;
  readonly record: NewApiKey;
}

export interface KeyWish {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly environment?: KeyEnvironment;
  /** `null`: never. */
  readonly expiresAt?: number | null;
}

/** 36^50 is more than 2^256: 32 random bytes. Lower case, so that a key survives as a label of a host name. */
const RANDOM_DIGITS = 50;
/** A typo passes once in 36^5 = 60 million; with it the whole key has 63 characters, the longest label of a host name. */
const CHECK_DIGITS = 5;
const SHAPE = /^ls_(?:live|test)_[0-9a-z]{55}$/;
/** `ls_live_` and four digits: enough to tell the keys of a tenant apart, too little to guess by. */
const SHOWN = 12;

/** A new key with its record; nothing is stored. */
export async function mintKey(wish: KeyWish, now: number): Promise<MintedKey> {
  const body = `ls_${wish.environment ?? 'live'}_${randomDigits()}`;
  const plain = body + checkDigits(body);
  const { name, scopes, expiresAt = null } = wish;
  const id = `key_${crypto.randomUUID()}`;
  const record = { id, name, scopes, hash: await sha256Hex(plain), prefix: plain.slice(0, SHOWN), createdAt: now };
  return { plain, record: { ...record, expiresAt } };
}

/** Makes a key for a tenant and gives it, the only time that it can be read. */
export async function createKey(store: Store, tenant: string, wish: KeyWish, now = Date.now()): Promise<MintedKey> {
  const minted = await mintKey(wish, now);
  await store.keys.create(tenant, minted.record);
  return minted;
}

/** The plain admin key of the first run, `null` on every later one; of processes that race, one gets it. */
export async function ensureFirstKey(store: Store, now = Date.now()): Promise<string | null> {
  const { plain, record } = await mintKey({ name: 'first key', scopes: ['admin'] }, now);
  return (await store.keys.createFirst(DEFAULT_TENANT, record)) ? plain : null;
}

/** Whether it can be a key: shape and check digits are right. What is mistyped never reaches the store. */
export function isWellFormedKey(plain: string): boolean {
  return SHAPE.test(plain) && checkDigits(plain.slice(0, -CHECK_DIGITS)) === plain.slice(-CHECK_DIGITS);
}

export function environmentOf(prefix: string): KeyEnvironment {
  return prefix.startsWith('ls_test_') ? 'test' : 'live';
}

function randomDigits(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return value.toString(36).padStart(RANDOM_DIGITS, '0');
}

/** FNV-1a, which changes with every digit and every swap; no secret, so it need not be cryptographic. */
function checkDigits(body: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < body.length; at++) hash = Math.imul(hash ^ body.charCodeAt(at), 0x01000193);
  return ((hash >>> 0) % 36 ** CHECK_DIGITS).toString(36).padStart(CHECK_DIGITS, '0');
}
