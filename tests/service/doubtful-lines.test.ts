import { expect, it } from 'vitest';
import type { CheckInput } from '../../src/index.ts';
import { doubtfulLines } from '../../src/service/doubtful-lines.ts';
import { NOW, verdict } from '../store/samples.ts';
import { fakeSieve } from './fake-sieve.ts';
import { storeApp } from './store-app.ts';

it('questions are looked for in 5,000,000 characters of each kind, while others are served', async () => {
  const { store } = storeApp();
  const text = 'word '.repeat(400_000);
  const spans = [{ start: 0, end: 4, posterior: 0.5, reasons: [] }];
  for (const n of [1, 2, 3]) {
    const at = NOW + n;
    await store.verdicts.put('t', [
      verdict(`passed-${n}`, { text, at }),
      verdict(`found-${n}`, { text, at, verdict: 'review', spans }),
    ]);
  }
  let checks = 0;
  let served = 0;
  const check = (input: CheckInput) => {
    checks++;
    setTimeout(() => served++, 0);
    return fakeSieve.check({ ...input, text: 'word' });
  };
  const doubtful = await doubtfulLines(store, 't', { ...fakeSieve, check }, null, NOW);
  expect([checks, served]).toEqual([2, 2]);
  expect(doubtful.map(({ id }) => id)).toEqual(['found-3#0', 'found-2#0']);
});
