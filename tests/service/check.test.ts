import { describe, expect, it } from 'vitest';
import { createApp, type AppOptions } from '../../src/service/app.ts';
import type { Judged } from '../../src/service/judged.ts';
import { fakeSieve } from './fake-sieve.ts';

function check(body: unknown, options: Partial<AppOptions> = {}) {
  const app = createApp({ sieve: () => fakeSieve, version: '1.2.3', ...options });
  const headers = { 'Content-Type': 'application/json' };
  return app.request('/v1/check', { method: 'POST', headers, body: JSON.stringify(body) });
}

const SPAM = { text: 'ＢＯＮＵＳ casino', id: 'x' };

describe('include', () => {
  it.each([
    ['lines', 'lines'],
    ['cleaned', 'clean'],
    ['reasons', 'explain'],
  ])('%s asks for the same as the flag %s', async (part, flag) => {
    const included: unknown = await (await check({ ...SPAM, include: [part] })).json();
    expect(included).toEqual(await (await check({ ...SPAM, [flag]: true })).json());
    expect(included).not.toEqual(await (await check(SPAM)).json());
  });

  it('folded gives every span as the engine reads it', async () => {
    const sieve = {
      ...fakeSieve,
      check: () => ({ ...fakeSieve.check(SPAM), spans: [{ start: 0, end: 5, reasons: [] } as never] }),
    };
    expect(await (await check({ ...SPAM, include: ['folded'] }, { sieve: () => sieve })).json()).toMatchObject({
      spans: [{ folded: 'bonus' }],
    });
  });

  it('asks for nothing where it is empty', async () => {
    expect(await (await check({ ...SPAM, include: [] })).json()).toEqual(await (await check(SPAM)).json());
  });

  it.each([
    [['all'], '/include/0', 'must be one of lines, reasons, cleaned, folded'],
    ['lines', '/include', 'must be an array'],
    [['lines', 7], '/include/1', 'must be one of lines, reasons, cleaned, folded'],
  ])('refuses %j', async (include, pointer, detail) => {
    const response = await check({ ...SPAM, include });
    expect([response.status, await response.json()]).toEqual([
      422,
      expect.objectContaining({ errors: [{ pointer, detail }] }),
    ]);
  });
});

describe('mode shadow', () => {
  it('answers a pass that carries the verdict', async () => {
    const said = (await (await check({ ...SPAM, mode: 'shadow', include: ['cleaned'] })).json()) as object;
    const enforced: unknown = await (await check({ ...SPAM, include: ['cleaned'] })).json();
    expect(said).toMatchObject({ id: 'x', verdict: 'pass', posterior: 0, spans: [], cleaned: SPAM.text });
    expect(said).toHaveProperty('shadow', enforced);
  });

  it('is enforce where it is left out', async () => {
    expect(await (await check(SPAM)).json()).toEqual(await (await check({ ...SPAM, mode: 'enforce' })).json());
  });

  it('must be one of the two', async () => {
    expect(await (await check({ ...SPAM, mode: 'off' })).json()).toMatchObject({
      errors: [{ pointer: '/mode', detail: 'must be enforce or shadow' }],
    });
  });
});

describe('policy', () => {
  const asked: unknown[] = [];
  const sieve = {
    ...fakeSieve,
    policies: ['balanced', 'strict'],
    check: ((input, options) => (asked.push(options?.policy), fakeSieve.check(input))) as typeof fakeSieve.check,
  };

  it('is that of the request, else that of the site, else that of the sieve', async () => {
    const siteOf = () => Promise.resolve({ sieve, policy: 'strict' });
    await check({ ...SPAM, policy: 'balanced' }, { siteOf });
    await check(SPAM, { siteOf });
    await check(SPAM, { sieve: () => sieve });
    expect(asked).toEqual(['balanced', 'strict', undefined]);
  });

  it('must be known', async () => {
    const response = await check({ ...SPAM, policy: '__proto__' }, { sieve: () => sieve });
    expect([response.status, await response.json()]).toEqual([
      422,
      expect.objectContaining({
        errors: [{ pointer: '/policy', detail: 'there is no such policy; choose one of balanced, strict' }],
      }),
    ]);
  });
});

describe('the log', () => {
  it('has the verdict before the answer is sent, what was asked for with it', async () => {
    const kept: Judged[] = [];
    const late = Promise.withResolvers<void>();
    const keep = async (_: unknown, judged: readonly Judged[]) => (kept.push(...judged), await late.promise);
    const answer = check({ ...SPAM, mode: 'shadow' }, { keep });
    expect(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 50, 'waits'))])).toBe('waits');
    late.resolve();
    expect((await answer).status).toBe(200);
    expect(kept).toMatchObject([
      { input: SPAM, mode: 'shadow', verdict: { verdict: 'clean' }, answer: { verdict: 'pass' } },
    ]);
  });

  it('fails the request where it cannot be written', async () => {
    expect((await check(SPAM, { keep: () => Promise.reject(new Error('disk full')) })).status).toBe(500);
  });
});
