import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeModel, parsePolicy } from '../../src/index.ts';
import { DEFAULT_LIMITS } from '../../src/service/limits.ts';
import { TenantSieves } from '../../src/service/tenant-sieves.ts';
import { NOW, siteRule } from '../store/samples.ts';
import { fakeSieve } from './fake-sieve.ts';
import { storeApp } from './store-app.ts';

const parts = {
  model: await decodeModel(readFileSync('models/base/model.bin')),
  policy: parsePolicy(JSON.parse(readFileSync('models/base/policy.json', 'utf8'))),
};
const pattern = JSON.stringify({ literals: ['zorblatt'], hits: ['zorblatt'], misses: ['nine'] });

it('builds a sieve once for 32 tenants, and again for one that was pushed out or changed its rules', async () => {
  const { store } = storeApp();
  const dependencies = { sieve: () => fakeSieve, version: '1', limits: DEFAULT_LIMITS, store, clock: () => NOW };
  const sieves = new TenantSieves({ ...dependencies, parts: () => parts });
  const sieveOf = async (tenant: string) => (await sieves.siteOf(tenant, 'r')).sieve;
  await store.rules.put('a', siteRule('z', { pattern }));
  const first = await sieveOf('a');
  expect(first).not.toBe(fakeSieve);
  expect(await sieveOf('b')).toBe(fakeSieve);
  expect(await sieveOf('a')).toBe(first);
  for (let n = 0; n < 31; n++) await sieveOf(`other ${n}`);
  expect(await sieveOf('a')).toBe(first);
  for (let n = 0; n < 32; n++) await sieveOf(`another ${n}`);
  const second = await sieveOf('a');
  expect(second).not.toBe(first);
  await store.rules.put('a', siteRule('y', { pattern: pattern.replaceAll('zorblatt', 'quibblix') }));
  expect(await sieveOf('a')).not.toBe(second);
});

it('gives the fault of a build to its request only', async () => {
  const { store } = storeApp();
  let broken = true;
  const sieves = new TenantSieves({
    sieve: () => fakeSieve,
    version: '1',
    limits: DEFAULT_LIMITS,
    store,
    clock: () => NOW,
    parts: () => (broken ? Promise.reject(new Error('no file')) : parts),
  });
  await store.rules.put('a', siteRule('z', { pattern }));
  await expect(sieves.siteOf('a', 'r')).rejects.toThrow('no file');
  broken = false;
  expect((await sieves.siteOf('a', 'r')).sieve.engine.rules).toMatch(/^[0-9a-f]{64}$/);
});
