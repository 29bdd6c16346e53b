import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LinesieveClient, LinesieveError, type CheckDocument } from '../../src/client/index.ts';
import { askedWait, DEFAULT_RETRY, waitBefore } from '../../src/client/retry.ts';
import { startServer, type RunningServer } from '../../src/node/server.ts';
import { fakeSieve } from '../service/fake-sieve.ts';

let service: RunningServer;
let client: LinesieveClient;
beforeAll(async () => {
  service = await startServer({ port: 0, host: '127.0.0.1', sieve: () => fakeSieve, version: '0.0.0' });
  client = new LinesieveClient({ baseUrl: `${service.url}/` });
});
afterAll(() => service.close());

/** A server that answers as it is told, one answer a request; the last again and again. */
const scripted: Server[] = [];
afterEach(() => scripted.splice(0).forEach((server) => (server.closeAllConnections(), server.close())));

async function serverThat(...answers: ((request: IncomingMessage, response: ServerResponse) => void)[]) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    answers[Math.min(seen.length, answers.length) - 1]?.(request, response);
  });
  scripted.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(code, headers).end('{"verdict":"pass"}');
const never = () => {};
const quick = { baseMs: 1, mostMs: 50 };

describe('check', () => {
  it('gives the verdict of the service', async () => {
    const answer = await client.check({
      text: 'a casino',
      id: 'x',
      include: ['cleaned', 'folded'],
      policy: 'balanced',
    });
    expect(answer).toMatchObject({ id: 'x', verdict: 'clean', cleaned: 'a ', spans: [{ start: 2, folded: 'casino' }] });
  });

  it('carries what would have been said in shadow mode', async () => {
    expect(await client.check({ text: 'a casino', mode: 'shadow' })).toMatchObject({
      verdict: 'pass',
      spans: [],
      shadow: { verdict: 'clean' },
    });
  });

  it('rejects with the problem, its code and its pointers', async () => {
    const error = await client.check({ text: 'x', policy: 'none' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LinesieveError);
    expect(error).toMatchObject({
      status: 422,
      code: 'invalid-request',
      errors: [{ pointer: '/policy' }],
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('sends the key', async () => {
    const { baseUrl, seen } = await serverThat(status(200));
    await new LinesieveClient({ baseUrl, key: 'k' }).check({ text: 'x' });
    expect(seen[0]?.headers.authorization).toBe('Bearer k');
  });
});

describe('a service that is busy', () => {
  it.each([429, 502, 503, 504])('is asked again after %i', async (code) => {
    const { baseUrl, seen } = await serverThat(status(code), status(code), status(200));
    expect(await new LinesieveClient({ baseUrl, retry: quick }).check({ text: 'x' })).toMatchObject({
      verdict: 'pass',
    });
    expect(seen).toHaveLength(3);
  });

  it('is not asked for ever', async () => {
    const { baseUrl, seen } = await serverThat(status(503));
    const asking = new LinesieveClient({ baseUrl, retry: { ...quick, retries: 2 } }).check({ text: 'x' });
    await expect(asking).rejects.toMatchObject({ status: 503 });
    expect(seen).toHaveLength(3);
  });

  it.each([400, 401, 413, 422, 500])('is not what %i means', async (code) => {
    const { baseUrl, seen } = await serverThat(status(code));
    const asking = new LinesieveClient({ baseUrl, retry: quick, onTimeout: 'pass' }).check({ text: 'x' });
    await expect(asking).rejects.toMatchObject({ status: code });
    expect(seen).toHaveLength(1);
  });

  it('is given the time that it asks for', () => {
    const options = { retries: 3, baseMs: 100, mostMs: 60_000 };
    expect(waitBefore(1, '7', options, () => 0)).toBe(7_000);
    expect(waitBefore(3, null, options, () => 0.5)).toBe(300);
    expect(waitBefore(1, '3600', options, () => 0)).toBe(60_000);
    expect(waitBefore(99, null, options, () => 1)).toBe(60_000);
    expect(askedWait('Thu, 01 Jan 1970 00:00:09 GMT', 4_000)).toBe(5_000);
    expect([askedWait('soon', 0), askedWait('-1', 0), askedWait(null, 0)]).toEqual([0, 0, 0]);
  });

  it('has the seconds of a restart by default', () => {
    const span = (random: number) =>
      Array.from({ length: DEFAULT_RETRY.retries }, (_, at) =>
        waitBefore(at + 1, null, DEFAULT_RETRY, () => random),
      ).reduce((sum, wait) => sum + wait, 0);
    expect([span(0), span(1)]).toEqual([3_750, 7_500]);
  });

  it('tells when it may be asked again', async () => {
    const { baseUrl } = await serverThat(status(503, { 'Retry-After': '20' }));
    const asking = new LinesieveClient({ baseUrl, retry: { retries: 0 } }).check({ text: 'x' });
    await expect(asking).rejects.toMatchObject({ retryAfter: '20' });
  });
});

describe('a service that is away', () => {
  const lost = 'http://127.0.0.1:9';
  const breakOff = (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('{"verdict":');
    setTimeout(() => response.destroy(), 10);
  };
  const hangUp = (request: IncomingMessage) => void request.socket.destroy();

  it.each([
    ['a connection that is refused', hangUp],
    ['an answer that breaks off', breakOff],
  ])('is asked again after %s', async (_, fault) => {
    const { baseUrl, seen } = await serverThat(fault, fault, status(200));
    const asking = new LinesieveClient({ baseUrl, retry: quick }).check({ text: 'x' });
    expect(await asking).toMatchObject({ verdict: 'pass' });
    expect(seen).toHaveLength(3);
  });

  it('is what the error of Workers means, and not any error', async () => {
    const failing = (error: Error) => {
      const fetching = vi.fn<typeof fetch>(() => Promise.reject(error));
      return {
        fetching,
        client: new LinesieveClient({ baseUrl: lost, retry: quick, onTimeout: 'pass', fetch: fetching }),
      };
    };
    const worker = failing(Object.assign(new Error('Network connection lost.'), { retryable: true }));
    expect(await worker.client.check({ text: 'x' })).toMatchObject({ fallback: 'unavailable' });
    expect(worker.fetching).toHaveBeenCalledTimes(DEFAULT_RETRY.retries + 1);
    const other = failing(new RangeError('a fault of its own'));
    await expect(other.client.check({ text: 'x' })).rejects.toThrow('a fault of its own');
    expect(other.fetching).toHaveBeenCalledOnce();
  });

  it('is found again at the port where it starts anew', async () => {
    const { baseUrl } = await serverThat(status(200));
    const [before] = scripted.splice(0);
    before?.closeAllConnections();
    await new Promise((resolve) => before?.close(resolve));
    const asking = new LinesieveClient({ baseUrl, retry: { retries: 9, baseMs: 20 } }).check({ text: 'x' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const after = createServer((request, response) => status(200)(request, response));
    scripted.push(after);
    after.listen(Number(new URL(baseUrl).port), '127.0.0.1');
    expect(await asking).toMatchObject({ verdict: 'pass' });
  });

  it.each(['pass', 'review'] as const)('counts as %s where that is declared', async (onTimeout) => {
    const faults = [429, 502, 503, 504].map((code) => status(code));
    for (const fault of [...faults, breakOff, hangUp]) {
      const { baseUrl, seen } = await serverThat(fault);
      const asking = new LinesieveClient({ baseUrl, retry: { ...quick, retries: 1 }, onTimeout });
      const answer = await asking.check({ text: 'x', id: 'i' });
      expect(answer).toEqual({ id: 'i', verdict: onTimeout, posterior: 0, spans: [], fallback: 'unavailable' });
      expect(seen).toHaveLength(2);
    }
  });

  it('counts as too late where its time ends first', async () => {
    const asking = new LinesieveClient({ baseUrl: lost, timeoutMs: 50, onTimeout: 'pass' }).check({ text: 'x' });
    expect(await asking).toMatchObject({ verdict: 'pass', fallback: 'timeout' });
  });

  it('rejects where nothing is declared', async () => {
    await expect(new LinesieveClient({ baseUrl: lost, retry: quick }).check({ text: 'x' })).rejects.toThrow(
      'fetch failed',
    );
  });

  it('is no excuse when the caller aborts', async () => {
    const controller = new AbortController();
    const asking = new LinesieveClient({ baseUrl: lost, onTimeout: 'pass' });
    const check = asking.check({ text: 'x' }, { signal: controller.signal });
    setTimeout(() => controller.abort(new TypeError('closed')), 20);
    await expect(check).rejects.toThrow('closed');
  });

  it('is not what a document that is no JSON, or an address or a key that is none, means', async () => {
    const ring: Record<string, unknown> = {};
    ring['id'] = ring;
    const asking = new LinesieveClient({ baseUrl: lost, onTimeout: 'pass' });
    await expect(asking.check(ring)).rejects.toThrow('circular');
    expect(() => new LinesieveClient({ baseUrl: 'sieve.example', onTimeout: 'pass' })).toThrow(TypeError);
    expect(() => new LinesieveClient({ baseUrl: lost, key: 'a\nb', onTimeout: 'pass' })).toThrow(TypeError);
  });

  it('gets a batch once', async () => {
    const { baseUrl, seen } = await serverThat(hangUp);
    const asking = new LinesieveClient({ baseUrl, retry: quick }).batch([{ text: 'x' }]).next();
    await expect(asking).rejects.toThrow('fetch failed');
    expect(seen).toHaveLength(1);
  });

  it('gets a write again under the same key, and again while the first is at work', async () => {
    const underWay = (_: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(409).end('{"type":"tag:linesieve,2026:in-progress"}');
    const { baseUrl, seen } = await serverThat(hangUp, underWay, status(204), hangUp, status(204));
    const writing = new LinesieveClient({ baseUrl, retry: quick });
    await writing.forget('a');
    await writing.withdrawSample('b');
    const keys = seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 0, 0, 3, 3]);
    expect(keys).not.toContain(undefined);
  });
});

describe('options', () => {
  const baseUrl = 'http://127.0.0.1:1';

  it('have their defaults where they are undefined', async () => {
    const { baseUrl, seen } = await serverThat(status(503));
    const retry = { ...quick, retries: undefined };
    const signal = AbortSignal.timeout(2_000);
    const asking = new LinesieveClient({ baseUrl, retry, timeoutMs: undefined }).check({ text: 'x' }, { signal });
    await expect(asking).rejects.toMatchObject({ status: 503 });
    expect(seen).toHaveLength(DEFAULT_RETRY.retries + 1);
  });

  it.each([Infinity, Number.NaN, -1, 0, 1.5, 2 ** 31])('refuse a time limit of %d', (timeoutMs) => {
    expect(() => new LinesieveClient({ baseUrl, timeoutMs })).toThrow(
      `timeoutMs must be a whole number from 1 to 2147483647, not ${timeoutMs}`,
    );
  });

  it.each([
    ['retries', Infinity],
    ['retries', -1],
    ['retries', Number.NaN],
    ['baseMs', -1],
    ['baseMs', Infinity],
    ['mostMs', 2 ** 31],
  ])('refuse a retry with %s of %d', (name, value) => {
    expect(() => new LinesieveClient({ baseUrl, retry: { [name]: value } })).toThrow(
      new RegExp(`^retry.${name} must be a whole number from 0 to \\d+, not ${value}$`),
    );
  });
});

describe('a service that does not answer', () => {
  it.each(['pass', 'review'] as const)('counts as %s where that is declared', async (onTimeout) => {
    const { baseUrl } = await serverThat(never);
    const answer = await new LinesieveClient({ baseUrl, timeoutMs: 30, onTimeout }).check({ text: 'x', id: 'i' });
    expect(answer).toEqual({ id: 'i', verdict: onTimeout, posterior: 0, spans: [], fallback: 'timeout' });
  });

  it('rejects where nothing is declared', async () => {
    const { baseUrl } = await serverThat(never);
    const asking = new LinesieveClient({ baseUrl, timeoutMs: 30 }).check({ text: 'x' });
    await expect(asking).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('has its time for all attempts together', async () => {
    const { baseUrl } = await serverThat(status(503, { 'Retry-After': '20' }));
    const asking = new LinesieveClient({ baseUrl, timeoutMs: 50, onTimeout: 'review' }).check({ text: 'x' });
    expect(await asking).toMatchObject({ fallback: 'timeout' });
  });

  it('is left at once when the caller aborts, which is no timeout', async () => {
    const { baseUrl } = await serverThat(never);
    const signal = AbortSignal.abort(new Error('closed'));
    const asking = new LinesieveClient({ baseUrl, timeoutMs: 30, onTimeout: 'pass' }).check({ text: 'x' }, { signal });
    await expect(asking).rejects.toThrow('closed');
  });
});

describe('batch', () => {
  async function* documents(count: number, made: { count: number }): AsyncGenerator<CheckDocument> {
    for (; made.count < count; made.count++) yield { id: String(made.count), text: `${'word '.repeat(200)} casino` };
  }

  it('gives answers in the order of the documents, and a bad row its error', async () => {
    const rows = [
      { id: 'a', text: 'x' },
      { id: 'b', text: 7 } as unknown as CheckDocument,
      { id: 'c', html: '<p>casino' },
    ];
    const answers: unknown[] = [];
    for await (const answer of client.batch(rows)) answers.push(answer);
    expect(answers).toMatchObject([
      { id: 'a', verdict: 'pass' },
      { id: 'b', error: { code: 'invalid-row' } },
      { id: 'c', verdict: 'clean' },
    ]);
  });

  it('asks for no more documents than fit between it and a reader that stops', async () => {
    const made = { count: 0 };
    let read = 0;
    for await (const answer of client.batch(documents(1_000_000, made), { include: ['cleaned'] })) {
      expect(answer).toMatchObject({ id: String(read++), verdict: 'clean' });
      if (read === 10) break;
      if (read < 9) continue;
      // A gigabyte of documents; the buffers of sockets and runtimes in between take some dozen megabytes, then nothing moves.
      for (let before = -1; before !== made.count; await new Promise((resolve) => setTimeout(resolve, 200))) {
        before = made.count;
        expect(before).toBeLessThan(300_000);
      }
    }
    expect(read).toBe(10);
  });

  it('goes through with all of many', async () => {
    const made = { count: 0 };
    let read = 0;
    for await (const answer of client.batch(documents(5_000, made)))
      expect(answer).toMatchObject({ id: String(read++) });
    expect(read).toBe(5_000);
  });

  it('ends with the loop', async () => {
    const made = { count: 0 };
    for await (const answer of client.batch(documents(1_000_000, made))) {
      expect(answer).toMatchObject({ id: '0' });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    const soon = made.count;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([soon < 1_000_000, made.count]).toEqual([true, soon]);
  });

  describe.each(['a generator', 'an async generator'] as const)('closes %s', (kind) => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id: String(id), text: 'word '.repeat(2000) }));
    const sourceOf = (closed: () => void) => {
      const all = function* () {
        try {
          yield* rows;
        } finally {
          closed();
        }
      };
      const late = async function* () {
        yield* all();
      };
      return kind === 'a generator' ? all() : late();
    };
    const drain = async (answers: AsyncIterable<unknown>, until = Infinity) => {
      let read = 0;
      for await (const _ of answers) if (++read >= until) break;
    };

    it.each([
      ['a refusal', { policy: 'none' }, Infinity],
      ['the loop that is left', {}, 1],
      ['all rows', {}, Infinity],
    ] as const)('after %s', async (_, ask, until) => {
      const closed = vi.fn();
      await drain(client.batch(sourceOf(closed), ask), until).catch(() => {});
      await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    });

    it('after an abort before the answer', async () => {
      const { baseUrl } = await serverThat(never);
      const closed = vi.fn();
      const signal = AbortSignal.timeout(50);
      const asking = drain(new LinesieveClient({ baseUrl }).batch(sourceOf(closed), { signal }));
      await expect(asking).rejects.toMatchObject({ name: 'TimeoutError' });
      await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    });

    it('after a fetch that fails before it reads everything', async () => {
      const closed = vi.fn();
      const failing: typeof fetch = async (_, init) => {
        await (init as { body: ReadableStream }).body.getReader().read();
        throw new TypeError('fetch failed');
      };
      const asking = drain(new LinesieveClient({ baseUrl: 'http://x', fetch: failing }).batch(sourceOf(closed)));
      await expect(asking).rejects.toThrow('fetch failed');
      await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    });
  });

  it('tells a source once that no more is wanted, and never one that ended by itself', async () => {
    const returned = vi.fn(() => ({ done: true as const, value: undefined }));
    const sourceOf = (count: number) => {
      let made = 0;
      const next = () =>
        made++ < count
          ? { done: false as const, value: { text: 'word '.repeat(2000) } }
          : { done: true as const, value: undefined };
      return { [Symbol.iterator]: () => ({ next, return: returned }) };
    };
    for await (const _ of client.batch(sourceOf(5)));
    expect(returned).not.toHaveBeenCalled();
    for await (const _ of client.batch(sourceOf(1_000_000))) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(returned).toHaveBeenCalledOnce();
  });

  it('rejects where the answer breaks off', async () => {
    const { baseUrl } = await serverThat((_, response) => void response.end('{"id":"a"}\n{"id":'));
    const answers: unknown[] = [];
    const reading = (async () => {
      for await (const answer of new LinesieveClient({ baseUrl }).batch([{ text: 'x' }])) answers.push(answer);
    })();
    await expect(reading).rejects.toThrow('broke off within a row');
    expect(answers).toEqual([{ id: 'a' }]);
  });

  it('rejects with the problem', async () => {
    const asking = client.batch([{ text: 'x' }], { policy: 'none' }).next();
    await expect(asking).rejects.toMatchObject({ status: 422, code: 'invalid-request' });
  });
});

describe('the log and samples', () => {
  it('are asked for as the service has them', async () => {
    const { baseUrl, seen } = await serverThat(status(200));
    const asking = new LinesieveClient({ baseUrl });
    await asking.verdicts({ limit: 5, verdict: 'review', cursor: 'a+b' });
    await asking.verdict('a/b');
    await asking.forget('a/b');
    await asking.addSample({ text: 'x', label: 'spam' });
    await asking.withdrawSample('a/b');
    await asking.train('a campaign');
    await asking.training('a/b');
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1/verdicts?limit=5&verdict=review&cursor=a%2Bb',
      'GET /v1/verdicts/a%2Fb',
      'DELETE /v1/verdicts/a%2Fb',
      'POST /v1/samples',
      'DELETE /v1/samples/a%2Fb',
      'POST /v1/models/train',
      'GET /v1/models/jobs/a%2Fb',
    ]);
  });

  it('count a sample once, however often it is sent', async () => {
    const { baseUrl, seen } = await serverThat(status(503), status(200));
    await new LinesieveClient({ baseUrl, retry: quick }).addSample({ text: 'x', label: 'spam' });
    const keys = seen.map(({ headers }) => headers['idempotency-key']);
    expect([keys.length, new Set(keys).size, keys[0]?.length]).toEqual([2, 1, 36]);
  });
});
