import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSieve, decodeModel, parsePolicy } from '../../src/index.ts';
import { siteRule, verdict } from '../store/samples.ts';
import { problemOf, storeApp, type StoreApp } from './store-app.ts';

const parts = {
  model: await decodeModel(readFileSync('models/base/model.bin')),
  policy: parsePolicy(JSON.parse(readFileSync('models/base/policy.json', 'utf8'))),
};
const sieve = await createSieve(parts);
const TEXT = 'The library opens at nine.\nzorblatt palace\nIt closes at six.';
const RULE = {
  kind: 'deny',
  category: 'gambling',
  literals: ['zorblatt palace'],
  weight: 12,
  author: 'desk',
  reason: 'seen',
};

const service = storeApp({ sieve: () => sieve, parts: () => parts, rateLimit: null });
const { call, key, clock } = service;

async function spansOf(plain: string, where: StoreApp = service): Promise<{ reasons: { code: string }[] }[]> {
  const answer = await where.call(plain, 'POST', '/v1/check', { text: TEXT });
  return ((await answer.json()) as { spans: { reasons: { code: string }[] }[] }).spans;
}

const codesOf = async (plain: string) =>
  (await spansOf(plain)).flatMap(({ reasons }) => reasons.map(({ code }) => code));

describe('/v1/rules', () => {
  it('takes effect at the next check of its tenant, of no other, and ends when it is deleted', async () => {
    const [a, b] = [await key('a', 'admin'), await key('b', 'admin')];
    expect(await spansOf(a)).toEqual([]);
    const put = await call(a, 'PUT', '/v1/rules/zorblatt', RULE);
    expect(await put.json()).toMatchObject({
      id: 'zorblatt',
      engineId: 'site.zorblatt',
      author: 'desk',
      reason: 'seen',
    });
    expect(await codesOf(a)).toContain('rule:site.zorblatt');
    expect(await spansOf(b)).toEqual([]);
    const listed = await (await call(a, 'GET', '/v1/rules')).json();
    expect(listed).toMatchObject({ rules: [{ id: 'zorblatt', literals: ['zorblatt palace'], weight: 12 }] });
    expect((await call(a, 'DELETE', '/v1/rules/zorblatt')).status).toBe(204);
    expect(await spansOf(a)).toEqual([]);
  });

  it('ends when it expires', async () => {
    const a = await key('expiring', 'admin');
    const expiresAt = new Date(clock.now + 1000).toISOString();
    await call(a, 'PUT', '/v1/rules/zorblatt', { ...RULE, expiresAt });
    expect(await codesOf(a)).toContain('rule:site.zorblatt');
    clock.now += 1000;
    expect(await spansOf(a)).toEqual([]);
  });

  it('lets an allow rule take a hit away', async () => {
    const a = await key('allow', 'admin');
    await call(a, 'PUT', '/v1/rules/zorblatt', RULE);
    const allow = { kind: 'allow', literals: ['zorblatt palace'], author: 'desk', reason: 'a theatre' };
    expect((await call(a, 'PUT', '/v1/rules/theatre', allow)).status).toBe(200);
    const { suppressed } = (await (await call(a, 'POST', '/v1/check', { text: TEXT })).json()) as {
      suppressed: object[];
    };
    expect(suppressed).toMatchObject([{ rule: 'site.zorblatt', allow: 'allow.site-theatre' }]);
  });

  it.each([
    ['x', { ...RULE, literals: ['z'] }, 'fewer than two units'],
    ['x', { ...RULE, literals: undefined }, 'either literals or a pattern'],
    ['x', { ...RULE, misses: ['at zorblatt palace'] }, 'is hit'],
    ['x', { ...RULE, literals: undefined, pattern: '(a+)+$', needs: ['aa'], hits: ['aa'] }, ''],
    ['x', { ...RULE, kind: 'allow', pattern: 'ab' }, 'an allow rule has literals'],
    ['x', { ...RULE, weight: 13 }, 'at most 12'],
    ['x', { ...RULE, expiresAt: '2020-01-01T00:00:00Z' }, 'in the future'],
    ['x', { ...RULE, author: '' }, '/author: must not be blank'],
    ['x', { ...RULE, reason: ' \u3000' }, '/reason: must not be blank'],
    ['Bad_Id', RULE, 'lower case'],
  ])('refuses %s %j', async (id, body, detail) => {
    const a = await key('lint', 'admin');
    const response = await call(a, 'PUT', `/v1/rules/${id}`, body);
    expect(response.status).toBe(422);
    expect(((await response.json()) as { detail: string }).detail).toContain(detail);
    expect(await (await call(a, 'GET', '/v1/rules')).json()).toMatchObject({ rules: [] });
  });

  it('are 1000 at most, however many are put at once', async () => {
    const a = await key('many', 'admin');
    const pattern = JSON.stringify({ literals: ['zorblatt palace'], hits: ['zorblatt palace'], misses: ['nine'] });
    for (let i = 0; i < 998; i++) await service.store.rules.put('many', siteRule(`r${i}`, { kind: 'allow', pattern }));
    const allow = { kind: 'allow', literals: ['quibblix'], author: 'desk', reason: 'a theatre' };
    const put = (id: string) => call(a, 'PUT', `/v1/rules/${id}`, allow);
    const answers = await Promise.all(['x1', 'x2', 'x3', 'x4'].map(put));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 409, 409]);
    expect((await service.store.rules.list('many', clock.now)).rules).toHaveLength(1000);
  });

  it('may have 200,000 characters in all, where a rule that is put again counts once', async () => {
    const a = await key('large', 'admin');
    const large = (n: number) => ({
      ...RULE,
      literals: Array.from(
        { length: 200 },
        (_, i) => `zorb ${n} ${String(i).padStart(3, '0')} ${'palace '.repeat(68)}end`,
      ),
    });
    for (const n of [1, 2, 2]) expect((await call(a, 'PUT', `/v1/rules/large-${n}`, large(n))).status).toBe(200);
    const response = await call(a, 'PUT', '/v1/rules/large-3', large(3));
    expect(response.status).toBe(422);
    const problem = (await response.json()) as { detail: string };
    expect(problem).toMatchObject({ limit: 200_000, errors: [{ pointer: '' }] });
    expect(problem.detail).toMatch(
      /would have 29\d{4} characters in all, folded, more than 200000; shorten them, or delete a rule$/,
    );
    expect(await problemOf(await call(a, 'POST', '/v1/rules/test', { rule: large(3) }))).toBe('422 invalid-request');
  });

  it.each<[string, string, object, string]>([
    ['PUT', '/v1/rules/Bad_Id', RULE, '/id'],
    ['POST', '/v1/rules/test', { rule: RULE, id: 'Bad_Id' }, '/id'],
    ['PUT', '/v1/rules/x', { ...RULE, expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    ['POST', '/v1/rules/test', { rule: { ...RULE, expiresAt: '2020-01-01T00:00:00Z' } }, '/rule/expiresAt'],
    ['POST', '/v1/rules/test', { rule: { ...RULE, kind: 'allow', pattern: 'ab' } }, '/rule/literals'],
  ])('says of %s %s %j what is wrong where', async (method, path, body, pointer) => {
    const response = await call(await key('lint', 'admin'), method, path, body);
    expect([response.status, await response.json()]).toMatchObject([422, { errors: [{ pointer }] }]);
  });

  it('can be tried on a text and on recent honest texts, without effect', async () => {
    const a = await key('trial', 'admin');
    await spansOf(a);
    await call(a, 'POST', '/v1/check', { text: 'The library opens at nine.' });
    const trial = await call(a, 'POST', '/v1/rules/test', { rule: RULE, text: TEXT });
    expect(await trial.json()).toMatchObject({
      matches: ['zorblatt palace'],
      text: { before: 'pass', after: 'review' },
      tried: 2,
      changes: [{ before: 'pass', after: 'review' }],
    });
    expect(await spansOf(a)).toEqual([]);
    await call(a, 'PUT', '/v1/policy', { policy: { thresholds: { review: 1, remove: 1 } } });
    const again = await call(a, 'POST', '/v1/rules/test', { rule: RULE, text: TEXT, recent: 0 });
    expect(await again.json()).toMatchObject({ text: { before: 'pass', after: 'pass' }, tried: 0, changes: [] });
  });
});

describe('a trial on recent texts', () => {
  it('takes as many as have 5,000,000 characters together, and says how many', async () => {
    const a = await key('long-trial', 'admin');
    const text = 'The library opens at nine.\n'.repeat(70_000);
    for (const id of ['long-1', 'long-2', 'long-3'])
      await service.store.verdicts.put('long-trial', [verdict(id, { text })]);
    const trial = await call(a, 'POST', '/v1/rules/test', { rule: RULE });
    expect(await trial.json()).toMatchObject({ tried: 2, changes: [] });
  });
});

describe('/v1/policy', () => {
  it('decides where a check names none, and shows what is in force', async () => {
    const a = await key('policy', 'admin');
    const base = await (await call(a, 'GET', '/v1/policy')).json();
    expect(base).toMatchObject({ policy: null, retain: 'full', retentionDays: 30, effective: { name: 'balanced' } });
    const put = await call(a, 'PUT', '/v1/policy', { policy: 'strict' });
    const strict = parts.policy.alternatives['strict'];
    expect(await put.json()).toMatchObject({ policy: 'strict', effective: { name: 'strict', thresholds: strict } });
    const checked = (await (await call(a, 'POST', '/v1/check', { text: TEXT })).json()) as {
      engine: { policy: string };
    };
    expect(checked.engine.policy).toBe(sieve.check({ text: TEXT }, { policy: 'strict' }).engine.policy);
  });

  it('takes thresholds of its own', async () => {
    const a = await key('own', 'admin');
    await call(a, 'PUT', '/v1/rules/zorblatt', RULE);
    expect(await spansOf(a)).toHaveLength(1);
    const thresholds = { review: 1, remove: 1 };
    const put = await call(a, 'PUT', '/v1/policy', { policy: { thresholds } });
    expect(await put.json()).toMatchObject({ effective: { name: 'custom', thresholds } });
    expect(await spansOf(a)).toEqual([]);
  });

  it.each([
    [{ policy: 'lenient' }, '/policy'],
    [{ policy: { thresholds: { review: 0.9, remove: 0.1 } } }, '/policy'],
    [{ policy: {} }, '/policy'],
    [{ policy: null, retain: 'some' }, '/retain'],
    [{ policy: null, retentionDays: 0 }, '/retentionDays'],
  ])('refuses %j', async (body, pointer) => {
    const response = await call(await key('bad', 'admin'), 'PUT', '/v1/policy', body);
    expect(response.status).toBe(422);
    expect(((await response.json()) as { errors: { pointer: string }[] }).errors[0]?.pointer).toContain(pointer);
  });

  it('of a service without its parts takes names only', async () => {
    const { call: bare, key: keyOf } = storeApp({ sieve: () => sieve });
    const a = await keyOf('t', 'admin');
    expect((await bare(a, 'PUT', '/v1/policy', { policy: 'strict' })).status).toBe(200);
    expect(await problemOf(await bare(a, 'PUT', '/v1/rules/zorblatt', RULE))).toBe('503 not-ready');
  });
});

describe('/v1/usage', () => {
  it.each(['from=2026-01-02&to=2026-01-01', 'from=2020-01-01', 'from=yesterday', 'day=1'])(
    'refuses %s',
    async (query) => {
      expect((await call(await key('usage', 'admin'), 'GET', `/v1/usage?${query}`)).status).toBe(422);
    },
  );
});
