import { describe, expect, it } from 'vitest';
import { Hono } from 'hono';
import type { Verdict } from '../../src/index.ts';
import { createApp } from '../../src/service/app.ts';
import { measure, Metrics } from '../../src/service/metrics.ts';
import type { ServiceEnv } from '../../src/service/problem.ts';
import { Counter, exposition, Histogram, mergeExpositions } from '../../src/service/prometheus.ts';
import { fakeEngine, fakeSieve } from './fake-sieve.ts';

const JSON_HEADERS = { 'Content-Type': 'application/json' };

async function metricsAfter(...bodies: object[]): Promise<string> {
  const app = createApp({ sieve: () => fakeSieve, version: '1.2.3' });
  for (const body of bodies) {
    await app.request('/v1/check', { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify(body) });
  }
  await app.request('/nowhere/secret-path');
  const response = await app.request('/metrics');
  expect(response.headers.get('Content-Type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return await response.text();
}

describe('/metrics', () => {
  it('counts documents, lines, characters, verdicts and hits', async () => {
    const text = await metricsAfter({ text: 'casino casino' }, { text: 'a\nb' }, { text: 7 });
    expect(text).toContain('linesieve_documents_total 2\n');
    expect(text).toContain('linesieve_lines_total 3\n');
    expect(text).toContain('linesieve_characters_total 16\n');
    expect(text).toContain('linesieve_verdicts_total{kind="clean"} 1\n');
    expect(text).toContain('linesieve_verdicts_total{kind="pass"} 1\n');
    expect(text).toContain('linesieve_rule_hits_total{rule="x.casino"} 2\n');
  });

  it('counts requests by route and status, and times them', async () => {
    const text = await metricsAfter({ text: 'x' }, { text: 'x' }, { text: 7 });
    expect(text).toContain('linesieve_requests_total{method="POST",route="/v1/check",status="200"} 2\n');
    expect(text).toContain('linesieve_requests_total{method="POST",route="/v1/check",status="422"} 1\n');
    expect(text).toContain('linesieve_requests_total{method="GET",route="none",status="404"} 1\n');
    expect(text).toContain('linesieve_request_duration_seconds_count{route="/v1/check"} 3\n');
    expect(text).toContain('linesieve_request_duration_seconds_bucket{route="/v1/check",le="+Inf"} 3\n');
  });

  it('counts a request under the route that answers, also where another one matches', async () => {
    const metrics = new Metrics();
    const app = new Hono<ServiceEnv>().use(measure(metrics));
    app.get('/samples/stats', (c) => c.text('stats')).get('/samples/:id', (c) => c.text('one'));
    for (const path of ['/samples/stats', '/samples/7', '/none']) await app.request(path);
    const counted = [...metrics.text(null).matchAll(/requests_total\{method="GET",route="([^"]+)"/g)].map(
      ([, route]) => route,
    );
    expect(counted).toEqual(['/samples/stats', '/samples/:id', 'none']);
  });

  it('counts the rules of all sites as one', () => {
    const metrics = new Metrics();
    const codes = ['rule:site.acme-secret', 'rule:site.other', 'rule:x.casino', 'bayes'];
    const span = { reasons: codes.map((code) => ({ code, weight: 1 })) };
    metrics.observeVerdict({
      verdict: 'clean',
      spans: [span],
      coverage: { lines: 1, characters: 9 },
    } as unknown as Verdict);
    const counted = metrics.text(null).match(/rule_hits_total\{.*/g);
    expect(counted).toEqual(['rule_hits_total{rule="site"} 2', 'rule_hits_total{rule="x.casino"} 1']);
  });

  it('tells of the engine by its digests, and of no path and no text', async () => {
    const text = await metricsAfter({ text: 'casino', id: 'secret-id' });
    const { version, model, rules, policy } = fakeEngine;
    expect(text).toContain(
      `linesieve_engine_info{version="${version}",model="${model}",rules="${rules}",policy="${policy}"} 1\n`,
    );
    expect(text).not.toContain('secret');
  });

  it('answers while there is no model', async () => {
    const app = createApp({ sieve: () => Promise.reject(new Error('none')), version: '1.2.3' });
    const response = await app.request('/metrics');
    expect([response.status, await response.text()]).toEqual([200, expect.not.stringContaining('engine_info{')]);
  });

  it('is text that a parser of the format takes', async () => {
    const text = await metricsAfter({ text: 'casino' });
    const sample = /^[a-z_]+(?:\{[a-z]+="[^"\\\n]*"(?:,[a-z]+="[^"\\\n]*")*\})? (?:\d+(?:\.\d+)?(?:e-?\d+)?|\+Inf)$/;
    const comment = /^# (?:HELP|TYPE) [a-z_]+ .+$/;
    expect(text.endsWith('\n')).toBe(true);
    expect(
      text
        .trimEnd()
        .split('\n')
        .filter((line) => !sample.test(line) && !comment.test(line)),
    ).toEqual([]);
  });

  it('gives what is gathered from elsewhere', async () => {
    const app = createApp({
      sieve: () => fakeSieve,
      version: '1',
      gatherMetrics: async (own) => `${own.length > 99} all`,
    });
    expect(await (await app.request('/metrics')).text()).toBe('true all');
  });
});

describe('a counter', () => {
  it('escapes what stands in labels', () => {
    const counter = new Counter('c', 'help');
    counter.add(1, { a: 'x"y\\z\n' });
    expect([...counter.samples()]).toEqual(['c{a="x\\"y\\\\z\\n"} 1']);
  });

  it('cannot be made to fill the memory', () => {
    const counter = new Counter('c', 'help');
    for (let i = 0; i < 100_000; i++) counter.add(1, { a: `rule-${i}` });
    const samples = [...counter.samples()];
    expect(samples).toHaveLength(2_001);
    expect(samples.at(-1)).toBe('c{a="other"} 98000');
  });
});

describe('a histogram', () => {
  it('adds its buckets up, each end included', () => {
    const histogram = new Histogram('h', 'help', [1, 2]);
    for (const value of [0.5, 1, 1.5, 9]) histogram.observe(value, { a: 'x' });
    expect([...histogram.samples()]).toEqual([
      'h_bucket{a="x",le="1"} 2',
      'h_bucket{a="x",le="2"} 3',
      'h_bucket{a="x",le="+Inf"} 4',
      'h_sum{a="x"} 12',
      'h_count{a="x"} 4',
    ]);
  });
});

describe('texts of several processes', () => {
  const textOf = (kinds: Record<string, number>, latency: number[]) => {
    const counter = new Counter('c_total', 'counts');
    for (const [kind, count] of Object.entries(kinds)) counter.add(count, { kind });
    const histogram = new Histogram('h_seconds', 'times', [1]);
    for (const value of latency) histogram.observe(value, { route: 'r' });
    return `${exposition([counter, histogram])}# HELP e_info facts\n# TYPE e_info gauge\ne_info{v="1"} 1\n`;
  };

  it('are added up series by series, each under its head', () => {
    const merged = mergeExpositions([textOf({ a: 1 }, [0.5]), textOf({ a: 2, b: 3 }, [0.5, 2])]);
    expect(merged).toBe(textOf({ a: 3, b: 3 }, [0.5, 0.5, 2]));
  });

  it('may be one, or have nothing', () => {
    expect(mergeExpositions([textOf({ a: 1 }, [1])])).toBe(textOf({ a: 1 }, [1]));
    expect(mergeExpositions([textOf({ a: 1 }, []), ''])).toBe(textOf({ a: 1 }, []));
  });
});
