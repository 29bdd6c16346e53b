import { describe, expect, it } from 'vitest';
import { problemOf, storeApp } from './store-app.ts';

const TEXT = { text: 'The library opens at nine.' };

interface Shown {
  id: string;
  key?: string;
  prefix: string;
  scopes: string[];
  revokedAt: string | null;
  replacedBy: string | null;
}

const { call, key, clock, store } = storeApp({ rateLimit: null });

async function make(admin: string, more: object = {}): Promise<Required<Shown>> {
  const response = await call(admin, 'POST', '/v1/keys', { name: 'cms', scopes: ['check'], ...more });
  expect(response.status).toBe(201);
  return (await response.json()) as Required<Shown>;
}

const checks = async (plain: string) => (await call(plain, 'POST', '/v1/check', TEXT)).status;

describe('/v1/keys', () => {
  it('shows a key once, and never again', async () => {
    const admin = await key('t1', 'admin');
    const made = await make(admin, { environment: 'test' });
    expect(made.key).toMatch(/^ls_test_/);
    expect(made.key.startsWith(made.prefix)).toBe(true);
    const text = await (await call(admin, 'GET', '/v1/keys')).text();
    expect(text).toContain(made.id);
    expect(text).not.toContain(made.key);
    expect(text).not.toContain('hash');
    expect(text).not.toContain('tenant');
  });

  it('revokes at once', async () => {
    const admin = await key('t2', 'admin');
    const made = await make(admin);
    expect(await checks(made.key)).toBe(200);
    expect((await call(admin, 'DELETE', `/v1/keys/${made.id}`)).status).toBe(204);
    expect(await checks(made.key)).toBe(401);
    expect(await problemOf(await call(admin, 'POST', `/v1/keys/${made.id}/rotate`, { overlapSeconds: 1 }))).toBe(
      '409 conflict',
    );
  });

  it('rotates: both keys work for the time of overlap, then the new one only', async () => {
    const admin = await key('t3', 'admin');
    const old = await make(admin);
    const next = (await (
      await call(admin, 'POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 60 })
    ).json()) as Required<Shown>;
    expect(next.scopes).toEqual(['check']);
    expect(next.key).not.toBe(old.key);
    expect([await checks(old.key), await checks(next.key)]).toEqual([200, 200]);
    clock.now += 60_000;
    expect([await checks(old.key), await checks(next.key)]).toEqual([401, 200]);
    expect(await problemOf(await call(admin, 'POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 1 }))).toBe(
      '409 conflict',
    );
  });

  it('keeps the last admin key', async () => {
    const admin = await key('t4', 'admin');
    const [own] = await store.keys.list('t4');
    const path = `/v1/keys/${own?.id}`;
    expect(await problemOf(await call(admin, 'DELETE', path))).toBe('409 conflict');
    await make(admin, { scopes: ['admin'] });
    expect((await call(admin, 'DELETE', path)).status).toBe(204);
  });

  it('keeps one of two admin keys that are deleted at once', async () => {
    const plain = [await key('t6', 'admin'), await key('t6', 'admin')];
    const listed = await store.keys.list('t6');
    const deleteItself = (own: string) => {
      const id = listed.find(({ prefix }) => own.startsWith(prefix))?.id;
      return call(own, 'DELETE', `/v1/keys/${id}`);
    };
    const answers = await Promise.all(plain.map(deleteItself));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
    expect((await store.keys.list('t6')).filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1);
  });

  it.each([
    [{ name: '', scopes: ['check'] }, '/name'],
    [{ name: 'x', scopes: [] }, '/scopes'],
    [{ name: 'x', scopes: ['root'] }, '/scopes/0'],
    [{ name: 'x', scopes: ['check'], expiresAt: 'soon' }, '/expiresAt'],
    [{ name: 'x', scopes: ['check'], expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ name: 'x', scopes: ['check'], tenant: 'other' }, '/tenant'],
  ])('refuses %j at %s', async (body, pointer) => {
    const response = await call(await key('t5', 'admin'), 'POST', '/v1/keys', body);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer }] });
  });
});
