import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/service/app.ts';
import { fakeSieve } from '../service/fake-sieve.ts';
import { expectAnswer, REQUESTS, requestOf } from '../service/requests.ts';

const app = createApp({ sieve: () => fakeSieve, version: '0.0.0' });

describe('the service in workerd', () => {
  it('runs there', () => {
    expect(navigator.userAgent).toBe('Cloudflare-Workers');
  });

  it.each(REQUESTS)('answers $name', async (one) => {
    await expectAnswer(await app.fetch(requestOf(one)), one, fakeSieve);
  });
});
