import { describe, expect, it } from 'vitest';
import { FetchFailure } from '../../../../src/audit/web/fetch-failure.ts';
import type { HttpAnswer } from '../../../../src/audit/web/http.ts';
import { Pace } from '../../../../src/audit/web/pace.ts';
import { PoliteClient } from '../../../../src/audit/web/polite-client.ts';
import { FakeClock } from './loopback.ts';

const REQUEST = { maxBytes: 1000, wantsBody: () => true };
const PAGE = new URL('https://shop.example/a');
const answer = (status: number, headers: HttpAnswer['headers'] = {}): HttpAnswer => ({ status, headers, body: null });

/** A client that gives these in turn, and when each was asked for. */
function scripted(...script: (HttpAnswer | FetchFailure)[]) {
  const clock = new FakeClock();
  const started = clock.now();
  const times: number[] = [];
  const get = async (): Promise<HttpAnswer> => {
    times.push(clock.now() - started);
    const next = script[Math.min(times.length, script.length) - 1];
    if (next instanceof FetchFailure) throw next;
    return next;
  };
  return { client: new PoliteClient({ get }, clock, new AbortController().signal), times, clock };
}

describe('the pace', () => {
  it('keeps requests to one host apart, and those to others not', async () => {
    const clock = new FakeClock();
    const started = clock.now();
    const pace = new Pace(clock, new AbortController().signal);
    const turns: [string, number][] = [];
    const turn = async (host: string): Promise<void> => {
      await pace.turn(host, 700);
      turns.push([host, clock.now() - started]);
    };
    await Promise.all(['a', 'a', 'b', 'a', 'b', 'a'].map(turn));
    const of = (host: string): number[] => turns.filter(([each]) => each === host).map(([, at]) => at);
    expect(of('a')).toEqual([0, 700, 1400, 2100]);
    expect(of('b')).toEqual([0, 700]);
  });
});

describe('another attempt', () => {
  it('follows a busy answer, each time later', async () => {
    const { client, times } = scripted(answer(503), answer(500), answer(200));
    expect((await client.get(PAGE, REQUEST, 100)).status).toBe(200);
    expect(times).toEqual([0, 1000, 3000]);
  });

  it('waits for what the server asks for: seconds or a date', async () => {
    const { client, times, clock } = scripted(
      answer(429, { 'retry-after': '7' }),
      answer(503, { 'retry-after': new Date(1_000_000 + 20_000).toUTCString() }),
      answer(200),
    );
    expect(clock.now()).toBe(1_000_000);
    await client.get(PAGE, REQUEST, 0);
    expect(times).toEqual([0, 7000, 20_000]);
  });

  it('is not made after three, after a long pause that is asked for, nor after a plain refusal', async () => {
    const thrice = scripted(answer(503));
    expect((await thrice.client.get(PAGE, REQUEST, 0)).status).toBe(503);
    expect(thrice.times).toHaveLength(3);
    const long = scripted(answer(503, { 'retry-after': '3600' }));
    await expect(long.client.get(PAGE, REQUEST, 0)).rejects.toThrow(
      'shop.example answered 503 and asks for a pause of 3600 s',
    );
    await expect(long.client.get(new URL('/b', PAGE), REQUEST, 0)).rejects.toThrow('3600 s');
    expect(long.times).toEqual([0]);
    const gone = scripted(answer(410));
    expect((await gone.client.get(PAGE, REQUEST, 0)).status).toBe(410);
    expect(gone.times).toEqual([0]);
  });

  it('follows a failure of the network that may pass, and no other', async () => {
    const reset = scripted(new FetchFailure('network', 'reset', true), answer(200));
    expect((await reset.client.get(PAGE, REQUEST, 0)).status).toBe(200);
    const slow = scripted(new FetchFailure('timeout', 'slow'), answer(200));
    await expect(slow.client.get(PAGE, REQUEST, 0)).rejects.toThrow('slow');
    expect(slow.times).toEqual([0]);
  });
});
