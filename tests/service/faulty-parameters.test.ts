import { describe, expect, it } from 'vitest';
import { storeApp } from './store-app.ts';

const { call, key, store } = storeApp();

/** Pointers to the parameters that a problem complains of. */
async function pointersOf(response: Response): Promise<unknown> {
  const { errors = [] } = (await response.json()) as { errors?: { pointer: string; detail: string }[] };
  expect(errors.every(({ detail }) => detail !== '')).toBe(true);
  return [response.status, ...errors.map(({ pointer }) => pointer)];
}

describe('a parameter at fault is pointed to', () => {
  it.each([
    ['GET', '/v1/verdicts?cursor=x', '/cursor'],
    ['GET', '/v1/samples?cursor=x', '/cursor'],
    ['GET', '/v1/audits?cursor=x', '/cursor'],
    ['DELETE', '/v1/samples', '/author'],
    ['DELETE', '/v1/samples?author=ann&unlearned=true', '/author'],
  ])('in the query: %s %s', async (method, path, pointer) => {
    expect(await pointersOf(await call(await key('t', 'admin'), method, path))).toEqual([422, pointer]);
  });

  it('in the headers', async () => {
    const admin = await key('t', 'admin');
    const make = (name: string, idempotencyKey: string) =>
      call(admin, 'POST', '/v1/keys', { name, scopes: ['check'] }, { 'Idempotency-Key': idempotencyKey });
    expect(await pointersOf(await make('cms', 'two words'))).toEqual([422, '/Idempotency-Key']);
    await make('cms', 'k-1');
    expect(await pointersOf(await make('desk', 'k-1'))).toEqual([422, '/Idempotency-Key']);
  });
});

describe('a sample at fault', () => {
  it.each([
    [{ label: 'spam' }, ''],
    [{ label: 'spam', verdictId: 'v', span: { start: 3, end: 3 } }, '/span'],
  ])('is pointed into: %j', async (body, pointer) => {
    expect(await pointersOf(await call(await key('t', 'admin'), 'POST', '/v1/samples', body))).toEqual([422, pointer]);
    expect((await store.samples.list('t', { limit: 1 })).items).toEqual([]);
  });
});
