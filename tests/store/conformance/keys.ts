import { expect, it } from 'vitest';
import type { ApiKey, KeyStore } from '../../../src/store/store.ts';
import type { OpenEmpty } from '../conformance.ts';
import { apiKey, HOUR, NOW, siteRule, tenantSettings } from '../samples.ts';

const FRESH = { tenant: 'a', lastUsedAt: null, revokedAt: null, replacedBy: null };

async function keyOf(keys: KeyStore, hash: string): Promise<ApiKey | null> {
  return (await keys.findByHash(hash))?.key ?? null;
}

export function keyTests(openEmpty: OpenEmpty): void {
  it('finds a key by its hash, as it was created', async () => {
    const { keys } = await openEmpty();
    const key = apiKey('k1', { scopes: ['check', 'admin'], expiresAt: NOW + HOUR });
    await keys.create('a', key);
    expect(await keyOf(keys, key.hash)).toEqual({ ...key, ...FRESH });
    expect(await keyOf(keys, 'hash of nobody')).toBeNull();
  });

  it('tells with a key how the site of its tenant stands, and of no other', async () => {
    const { keys, settings, rules, site } = await openEmpty();
    await keys.create('a', apiKey('k1'));
    await keys.create('b', apiKey('k2'));
    expect((await keys.findByHash('hash of k1'))?.site).toEqual({ settings: null, rules: 0, samples: 0, models: 0 });
    await settings.put('a', tenantSettings({ retain: 'hash' }));
    await rules.put('a', siteRule('r'));
    const found = await keys.findByHash('hash of k1');
    expect(found?.site).toMatchObject({ settings: tenantSettings({ retain: 'hash' }), rules: 1 });
    expect(found?.site).toEqual(await site.state('a'));
    expect((await keys.findByHash('hash of k2'))?.site).toEqual({ settings: null, rules: 0, samples: 0, models: 0 });
  });

  it('refuses a hash and an id that are taken', async () => {
    const { keys } = await openEmpty();
    await keys.create('a', apiKey('k1'));
    await expect(keys.create('b', apiKey('k2', { hash: 'hash of k1' }))).rejects.toMatchObject({ code: 'conflict' });
    await expect(keys.create('a', apiKey('k1', { hash: 'another' }))).rejects.toMatchObject({ code: 'conflict' });
    expect(await keys.list('b')).toEqual([]);
  });

  it('creates one first key, whoever comes first', async () => {
    const { keys } = await openEmpty();
    const created = await Promise.all(['k1', 'k2', 'k3'].map((id) => keys.createFirst(id, apiKey(id))));
    expect(created.filter(Boolean)).toHaveLength(1);
    expect(await keys.createFirst('z', apiKey('z'))).toBe(false);
  });

  it('lists the newest first', async () => {
    const { keys } = await openEmpty();
    for (const [id, createdAt] of [
      ['k2', NOW + 1],
      ['k1', NOW],
      ['k3', NOW + 2],
    ] as const) {
      await keys.create('a', apiKey(id, { createdAt }));
    }
    expect((await keys.list('a')).map(({ id }) => id)).toEqual(['k3', 'k2', 'k1']);
  });

  it('keeps the time of the first revocation', async () => {
    const { keys } = await openEmpty();
    await keys.create('a', apiKey('k1'));
    expect(await keys.revoke('a', 'k1', NOW + 1)).toBe(true);
    expect(await keys.revoke('a', 'k1', NOW + 2)).toBe(true);
    expect(await keyOf(keys, 'hash of k1')).toMatchObject({ revokedAt: NOW + 1 });
    expect(await keys.revoke('a', 'k2', NOW)).toBe(false);
  });

  it('revokes no key that is the last one in force with a scope', async () => {
    const { keys } = await openEmpty();
    const admin = { scopes: ['check', 'admin'] };
    const revoke = (id: string, at = NOW) => keys.revokeUnlessLast('a', id, at, 'admin');
    await keys.create('a', apiKey('checks', { scopes: ['check', 'not "admin"'] }));
    await keys.create('a', apiKey('expired', { ...admin, expiresAt: NOW }));
    await keys.create('a', apiKey('replaced', admin));
    await keys.rotate('a', 'replaced', apiKey('k1', admin), NOW + HOUR);
    await keys.create('b', apiKey('of b', admin));
    expect(await revoke('k1')).toBe('last');
    expect(await keyOf(keys, 'hash of k1')).toMatchObject({ revokedAt: null });
    expect([await revoke('replaced'), await revoke('expired'), await revoke('checks')]).toEqual(
      Array(3).fill('revoked'),
    );
    expect([await revoke('k1'), await revoke('of b')]).toEqual(['last', 'missing']);
    await keys.create('a', apiKey('k2', admin));
    expect([await revoke('k1'), await revoke('k1', NOW + 1), await revoke('k2')]).toEqual([
      'revoked',
      'revoked',
      'last',
    ]);
    expect(await keyOf(keys, 'hash of k1')).toMatchObject({ revokedAt: NOW });
  });

  it('leaves one of many that are revoked at once', async () => {
    const { keys } = await openEmpty();
    const ids = ['k1', 'k2', 'k3', 'k4'];
    for (const id of ids) await keys.create('a', apiKey(id, { scopes: ['admin'] }));
    const outcomes = await Promise.all(ids.map((id) => keys.revokeUnlessLast('a', id, NOW, 'admin')));
    expect(outcomes.sort()).toEqual(['last', 'revoked', 'revoked', 'revoked']);
  });

  it('rotates: the old key lives on for the overlap, the new one as long as it likes', async () => {
    const { keys } = await openEmpty();
    await keys.create('a', apiKey('k1'));
    expect(await keys.rotate('a', 'k1', apiKey('k2'), NOW + HOUR)).toBe(true);
    expect(await keyOf(keys, 'hash of k1')).toMatchObject({ expiresAt: NOW + HOUR, replacedBy: 'k2' });
    expect(await keyOf(keys, 'hash of k2')).toEqual({ ...apiKey('k2'), ...FRESH });
  });

  it('does not lengthen the life of a key by rotating it', async () => {
    const { keys } = await openEmpty();
    await keys.create('a', apiKey('k1', { expiresAt: NOW + 5 }));
    await keys.rotate('a', 'k1', apiKey('k2'), NOW + HOUR);
    expect(await keyOf(keys, 'hash of k1')).toMatchObject({ expiresAt: NOW + 5 });
  });

  it('rotates no key that is revoked, expired, replaced or not there, and creates nothing then', async () => {
    const { keys } = await openEmpty();
    await keys.create('a', apiKey('revoked'));
    await keys.revoke('a', 'revoked', NOW);
    await keys.create('a', apiKey('expired', { expiresAt: NOW }));
    await keys.create('a', apiKey('replaced'));
    await keys.rotate('a', 'replaced', apiKey('new'), NOW + HOUR);
    for (const id of ['revoked', 'expired', 'replaced', 'missing']) {
      expect(await keys.rotate('a', id, apiKey('newer'), NOW + HOUR), id).toBe(false);
    }
    expect(await keyOf(keys, 'hash of newer')).toBeNull();
    expect(await keyOf(keys, 'hash of replaced')).toMatchObject({ replacedBy: 'new' });
  });

  it('rotates neither key where the new one is refused', async () => {
    const { keys } = await openEmpty();
    await keys.create('a', apiKey('k1'));
    await keys.create('b', apiKey('taken'));
    const next = apiKey('k2', { hash: 'hash of taken' });
    await expect(keys.rotate('a', 'k1', next, NOW + HOUR)).rejects.toMatchObject({ code: 'conflict' });
    expect(await keyOf(keys, 'hash of k1')).toMatchObject({ expiresAt: null, replacedBy: null });
  });

  it('notes the last use once a minute, and no earlier one when the clock jumps back', async () => {
    const { keys } = await openEmpty();
    await keys.create('a', apiKey('k1'));
    const seen: unknown[] = [];
    for (const after of [0, 59_999, 60_000, 30_000]) {
      await keys.touch('a', 'k1', NOW + after);
      seen.push((await keyOf(keys, 'hash of k1'))?.lastUsedAt);
    }
    expect(seen).toEqual([NOW, NOW, NOW + 60_000, NOW + 60_000]);
  });
}
