import { describe, expect, it } from 'vitest';
import { isOrigin } from '../../src/service/origin.ts';
import { problemOf, storeApp } from './store-app.ts';

const TEXT = { text: 'A casino with a secret.' };
const PAGE = 'https://cms.example';
const ASKS = { Origin: PAGE, 'Access-Control-Request-Method': 'POST' };

const allowedBy = (response: Response) => response.headers.get('Access-Control-Allow-Origin');

async function twoTenants() {
  const own = storeApp();
  const [one, two] = [await own.key('one', 'check', 'rules'), await own.key('two', 'check', 'rules')];
  const preflight = async () => await own.app.request('/v1/check', { method: 'OPTIONS', headers: ASKS });
  const check = async (key: string, body: unknown = TEXT) =>
    await own.call(key, 'POST', '/v1/check', body, { Origin: PAGE });
  const put = async (key: string, corsOrigins: unknown) =>
    await own.call(key, 'PUT', '/v1/policy', { policy: null, corsOrigins });
  return { ...own, one, two, preflight, check, put };
}

describe('pages of other origins', () => {
  it('are let in nowhere at first', async () => {
    const { one, preflight, check } = await twoTenants();
    expect(allowedBy(await preflight())).toBeNull();
    expect(allowedBy(await check(one))).toBeNull();
  });

  it('read the answers to the keys of the tenant that lets them in, and of no other', async () => {
    const { one, two, preflight, check, put } = await twoTenants();
    expect(await (await put(one, [PAGE])).json()).toMatchObject({ corsOrigins: [PAGE] });
    const asked = await preflight();
    expect([asked.status, allowedBy(asked)]).toEqual([204, PAGE]);
    expect(asked.headers.get('Access-Control-Allow-Headers')).toContain('Authorization');
    expect(asked.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    const answer = await check(one);
    expect([answer.status, allowedBy(answer), answer.headers.get('Vary')]).toEqual([200, PAGE, 'Origin']);
    expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('X-Verdict-Id');
    expect(allowedBy(await check(two))).toBeNull();
  });

  it('read problems too, but not that a key is none', async () => {
    const { one, check, put } = await twoTenants();
    await put(one, ['*']);
    const refused = await check(one, { text: 1 });
    expect([refused.status, allowedBy(refused)]).toEqual([422, PAGE]);
    expect(allowedBy(await check('ls_live_nothing'))).toBeNull();
  });

  it('are let in no more once they are taken out', async () => {
    const { one, preflight, check, put } = await twoTenants();
    await put(one, [PAGE]);
    await put(one, []);
    expect(allowedBy(await preflight())).toBeNull();
    expect(allowedBy(await check(one))).toBeNull();
  });

  it.each([[['cms.example']], [['https://cms.example/']], ['https://cms.example'], [Array(21).fill(PAGE)], [[7]]])(
    'must be origins: %j is refused',
    async (origins) => {
      const { one, put } = await twoTenants();
      expect(await problemOf(await put(one, origins))).toBe('422 invalid-request');
    },
  );
});

describe('an origin', () => {
  it.each([
    ['https://cms.example', true],
    ['http://localhost:3000', true],
    ['*', true],
    ['https://cms.example/', false],
    ['https://CMS.example', false],
    ['ftp://cms.example', false],
    ['null', false],
    ['', false],
  ])('%j: %s', (text, is) => expect(isOrigin(text)).toBe(is));
});
