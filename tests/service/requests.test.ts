import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/service/app.ts';
import { fakeSieve } from './fake-sieve.ts';
import { expectAnswer, REQUESTS, requestOf } from './requests.ts';

const app = createApp({ sieve: () => fakeSieve, version: '0.0.0' });

describe('the service on Node', () => {
  it('has cases of every kind, each with a name of its own', () => {
    expect(new Set(REQUESTS.map(({ name }) => name)).size).toBe(REQUESTS.length);
    expect(REQUESTS.filter(({ checks, problem }) => (checks === undefined) === (problem === undefined))).toEqual([]);
  });

  it.each(REQUESTS)('answers $name', async (one) => {
    await expectAnswer(await app.fetch(requestOf(one)), one, fakeSieve);
  });
});
