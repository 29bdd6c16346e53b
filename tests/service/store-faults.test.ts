import { describe, expect, it } from 'vitest';
import { StoreError, type StoreErrorCode } from '../../src/store/store-error.ts';
import { problemOf, storeApp } from './store-app.ts';

const TEXT = { text: 'A casino with a secret.' };

describe('a store that fails', () => {
  it.each<[StoreErrorCode, string, string | null]>([
    ['busy', '503 not-ready', '5'],
    ['full', '503 not-ready', '5'],
    ['read-only', '503 not-ready', '5'],
    ['unavailable', '503 not-ready', '5'],
    ['conflict', '409 conflict', null],
    ['corrupt', '500 internal-error', null],
  ])('with %s is a %s, and no details leave', async (code, problem, retryAfter) => {
    const told: unknown[] = [];
    const { store, key } = storeApp();
    const put = () => Promise.reject(new StoreError(code, 'no room at /secret/place'));
    const broken = storeApp({
      store: { ...store, verdicts: { ...store.verdicts, put } },
      report: (error) => told.push(error),
    });
    const response = await broken.call(await key('t', 'check'), 'POST', '/v1/check', TEXT);
    expect(response.headers.get('Retry-After')).toBe(retryAfter);
    expect(await response.clone().text()).not.toContain('secret');
    expect(await problemOf(response)).toBe(problem);
    expect(told).toHaveLength(['busy', 'conflict'].includes(code) ? 0 : 1);
  });
});
