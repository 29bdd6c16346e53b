import { describe, expect, it } from 'vitest';
import model from '../../models/base/model.bin';
import policy from '../../models/base/policy.json';
import { createSieve, decodeModel, parsePolicy, type Verdict } from '../../src/index.ts';
import { CHECK_EXAMPLES } from '../../src/service/examples.ts';
import worker from '../../src/worker.ts';
import { GOLDEN } from '../service/golden.ts';
import { expectAnswer, REQUESTS, requestOf } from '../service/requests.ts';

const sieve = await createSieve({ model: await decodeModel(new Uint8Array(model)), policy: parsePolicy(policy) });

function check(body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  const request = new Request('http://service.test/v1/check', { method: 'POST', headers, body: JSON.stringify(body) });
  return Promise.resolve(worker.fetch(request));
}

async function verdictOn(body: object): Promise<Verdict> {
  return (await check(body)).json();
}

describe('the worker with the model of the repository', () => {
  it('answers first requests that come together, all alike', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => verdictOn({ text: GOLDEN.source, id: 'x' })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('is ready with the engine of the library', async () => {
    const response = await worker.fetch(new Request('http://service.test/readyz'));
    expect(await response.json()).toEqual({ status: 'ready', engine: sieve.engine });
  });

  it.each(REQUESTS)('answers $name as the library does', async (one) => {
    await expectAnswer(await worker.fetch(requestOf(one)), one, sieve);
  });

  it('hands the golden article back without what was injected', async () => {
    const { verdict, cleaned, spans } = await verdictOn({ text: GOLDEN.source, clean: true });
    expect(verdict).toBe('clean');
    expect(cleaned?.trimEnd()).toBe(GOLDEN.article);
    const spam = GOLDEN.source.slice(spans[0]?.start, spans.at(-1)?.end);
    expect(spam.trim()).toBe(GOLDEN.spam);
    expect(new Set(spans.map(({ category }) => category))).toEqual(new Set(['adult', 'gambling']));
  });

  it('lets the article itself pass', async () => {
    expect(await verdictOn({ text: GOLDEN.article })).toMatchObject({ verdict: 'pass', spans: [], posterior: 0 });
  });

  it.each(Object.entries(CHECK_EXAMPLES))('finds in the example %s what its summary says', async (name, { value }) => {
    const { spans } = await verdictOn(value);
    expect(spans.length > 0).toBe(name === 'injected' || name === 'html');
  });

  it('serves the console', async () => {
    const response = await worker.fetch(new Request('http://service.test/'));
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  });
});
