import { beforeEach, describe, expect, it } from 'vitest';
import { createApp, type AppOptions } from '../../src/service/app.ts';
import type { Judged } from '../../src/service/judged.ts';
import { fakeSieve } from './fake-sieve.ts';

type Row = { id?: string; error?: { code: string; detail: string }; verdict?: string };

function send(
  body: BodyInit | null,
  options: Partial<AppOptions> = {},
  query = '',
  headers: Record<string, string> = {},
) {
  const app = createApp({ sieve: () => fakeSieve, version: '1.2.3', ...options });
  return app.request(`/v1/check/batch${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', ...headers },
    body,
    duplex: 'half',
  } as RequestInit);
}

async function rowsOf(response: Response): Promise<Row[]> {
  expect(response.status).toBe(200);
  const text = await response.text();
  return text
    .split('\n')
    .slice(0, -1)
    .map((row) => JSON.parse(row) as Row);
}

/** A body in chunks of `size` bytes: rows, characters and line feeds are cut anywhere. */
function chunked(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, (at += size)));
    },
  });
}

const ROWS = [
  '{"id":"甲","text":"一个 casino"}',
  '',
  '{"id":2,"html":"<p>casino"}\r',
  '{"text":"# x","contentType":"text/markdown; charset=utf-8"}',
  '  ',
  '{"markdown":"x"}',
].join('\n');

describe('rows', () => {
  it.each([1, 2, 3, 7, 64, 10_000])('are answered in order, whatever cuts the stream: chunks of %i', async (size) => {
    expect(await rowsOf(await send(chunked(ROWS, size)))).toMatchObject([
      { id: '甲', verdict: 'clean' },
      { id: '2', verdict: 'clean' },
      { id: 'row 4', verdict: 'pass' },
      { id: 'row 6', verdict: 'pass' },
    ]);
  });

  it('may have an id of 200 characters', async () => {
    const id = 'x'.repeat(200);
    expect(await rowsOf(await send(`{"id":"${id}","text":"x"}`))).toMatchObject([{ id, verdict: 'pass' }]);
  });

  it('may be none', async () => {
    expect(await rowsOf(await send(''))).toEqual([]);
    expect(await rowsOf(await send(null))).toEqual([]);
  });

  it.each([
    ['{', 'invalid-json', /^row 2 is no JSON/],
    ['[]', 'invalid-row', /^row 2 is no object/],
    ['null', 'invalid-row', /^row 2 is no object/],
    ['{"id":"a"}', 'invalid-row', /^a: text must be a string/],
    ['{"id":"a","text":null}', 'invalid-row', /^a: text must be a string/],
    ['{"id":"a","text":"x","html":"x"}', 'invalid-row', /^a: text must be a string/],
    ['{"id":"a","text":"x","contentType":"__proto__"}', 'invalid-row', /^a: contentType "__proto__" is none of/],
    ['{"id":"","text":"x"}', 'invalid-row', /^row 2: id must be a string of 1 to 200 characters$/],
    ['{"id":{},"text":"x"}', 'invalid-row', /^row 2: id must be a string of 1 to 200 characters$/],
    [`{"id":"${'x'.repeat(201)}","text":"x"}`, 'invalid-row', /^row 2: id must be a string of 1 to 200 characters$/],
    ['['.repeat(65), 'too-deep', /^row 2 is nested deeper than 64/],
    [`{"text":"${'x'.repeat(1_000)}"}`, 'too-long', /^row 2 has 1011 bytes, more than 1000 \(rowBytes\); split it/],
    ['{"id":"a","text":"detonate"}', 'internal-error', /^the row could not be judged; the fault is ours$/],
  ])('that are bad get an error, and the stream goes on: %s', async (row, code, detail) => {
    const told: unknown[] = [];
    const options = { limits: { bodyBytes: 1_000 }, report: (error: unknown) => told.push(error) };
    const [first, second, third, ...more] = await rowsOf(await send(`{"text":"a"}\n${row}\n{"text":"b"}`, options));
    expect([first?.verdict, third?.id, third?.verdict, more]).toEqual(['pass', 'row 3', 'pass', []]);
    expect(second).toEqual({ id: expect.any(String), error: { code, detail: expect.stringMatching(detail) } });
    expect(told.length).toBe(code === 'internal-error' ? 1 : 0);
  });

  it('must be UTF-8', async () => {
    const body = new Uint8Array([...new TextEncoder().encode('{"text":"'), 0xff, 0x22, 0x7d, 0x0a, 0x7b, 0x7d]);
    expect(await rowsOf(await send(body))).toMatchObject([
      { error: { code: 'invalid-utf8' } },
      { error: { code: 'invalid-row' } },
    ]);
  });

  it.each(['include=cleaned,folded', 'include=cleaned&include=folded'])(
    'hold what is asked for: %s',
    async (include) => {
      const [row] = await rowsOf(await send('{"text":"a casino"}', {}, `?${include}&mode=shadow&policy=balanced`));
      expect(row).toMatchObject({
        verdict: 'pass',
        cleaned: 'a casino',
        shadow: { cleaned: 'a ', spans: [{ folded: 'casino' }] },
      });
    },
  );
});

describe('memory', () => {
  it('holds nothing of a row that is too long', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (++sent > 2_000) return controller.close();
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const before = process.memoryUsage().arrayBuffers;
    const [row] = await rowsOf(await send(body, { limits: { bodyBytes: 100_000 } }));
    expect(row?.error?.detail).toBe('row 1 has 131072000 bytes, more than 100000 (rowBytes); split it');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });

  it('is that of a few rows: what nobody reads is not asked for', async () => {
    let rows = 0;
    const row = new TextEncoder().encode(`{"text":"${'word '.repeat(10_000)}"}\n`);
    const body = new ReadableStream({ pull: (controller) => (rows++, controller.enqueue(row)) }, { highWaterMark: 0 });
    const response = await send(body, {}, '?include=cleaned');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rows).toBeLessThan(3);
    const reader = response.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rows).toBeLessThan(6);
    await reader?.cancel();
  });

  it('is given back when the client leaves', async () => {
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('{"text":"x"}\n')),
      cancel: () => void (cancelled = true),
    });
    const reader = (await send(body)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect.poll(() => cancelled).toBe(true);
  });
});

describe('a long stream', () => {
  const told: string[] = [];
  const longStream = () => {
    told.push('begins');
    return () => void told.push('ends');
  };
  const line = `{"text":"${'word '.repeat(20_000)}"}\n`;
  beforeEach(() => void told.splice(0));

  it('is told of once, and when it is over', async () => {
    const rows = await rowsOf(await send(chunked(line.repeat(200), 1_000_000), { longStream }));
    expect([rows.length, ...told]).toEqual([200, 'begins', 'ends']);
  });

  it('is over when the client leaves', async () => {
    const reader = (await send(chunked(line.repeat(2000), 1_000_000), { longStream })).body?.getReader();
    while (told.length === 0) await reader?.read();
    await reader?.cancel();
    await expect.poll(() => told).toEqual(['begins', 'ends']);
  });

  it('is not one of a few rows', async () => {
    await rowsOf(await send(ROWS, { longStream }));
    expect(told).toEqual([]);
  });
});

describe('the log', () => {
  it('has every verdict before its answer is sent', async () => {
    const kept: Judged[] = [];
    const late = Promise.withResolvers<void>();
    const keep = async (_: unknown, judged: readonly Judged[]) => (await late.promise, void kept.push(...judged));
    const reader = (await send('{"id":"a","text":"x"}\n{"id":"b","text":"casino"}\nnull', { keep })).body?.getReader();
    const reading = reader?.read();
    expect(await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 50, 'waits'))])).toBe('waits');
    late.resolve();
    await reading;
    expect(kept.map(({ verdict }) => [verdict.id, verdict.verdict])).toEqual([
      ['a', 'pass'],
      ['b', 'clean'],
    ]);
  });
});

describe('what is refused as a whole', () => {
  it.each(['application/json', 'text/plain', ''])('the type %j', async (type) => {
    const response = await send('{}', {}, '', { 'Content-Type': type });
    expect([response.status, await response.json()]).toMatchObject([415, { title: 'Unsupported media type' }]);
  });

  it('a compressed body', async () => {
    expect((await send('{}', {}, '', { 'Content-Encoding': 'gzip' })).status).toBe(415);
  });

  it.each([
    ['?mode=off', '/mode'],
    ['?include=', '/include/0'],
    ['?policy=none', '/policy'],
    ['?text=x', '/text'],
  ])('the query %s', async (query, pointer) => {
    const response = await send('{}', {}, query);
    expect([response.status, await response.json()]).toMatchObject([422, { errors: [{ pointer }] }]);
  });
});
