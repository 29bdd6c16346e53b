import { describe, expect, it } from 'vitest';
import worker from '../../src/worker.ts';

function send(body: BodyInit): Promise<Response> {
  const headers = { 'Content-Type': 'application/x-ndjson' };
  const request = new Request('http://service.test/v1/check/batch', { method: 'POST', headers, body });
  return Promise.resolve(worker.fetch(request));
}

describe('/v1/check/batch in workerd', () => {
  it('answers a row each, in order', async () => {
    const answers = (
      await (await send('{"id":"a","text":"x"}\n{"id":"b","text":7}\n{"id":"c","text":"y"}')).text()
    ).trim();
    expect(answers.split('\n').map((row) => JSON.parse(row) as object)).toMatchObject([
      { id: 'a', verdict: 'pass' },
      { id: 'b', error: { code: 'invalid-row' } },
      { id: 'c', verdict: 'pass' },
    ]);
  });

  it('answers while rows still come', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const encoder = new TextEncoder();
    const reader = (await send(readable)).body?.getReader();
    for (const id of ['a', 'b', 'c']) {
      await Promise.all([
        writer.write(encoder.encode(`{"id":"${id}","text":"x"}\n`)),
        reader?.read().then(({ value }) => expect(new TextDecoder().decode(value)).toContain(`"id":"${id}"`)),
      ]);
    }
    await Promise.all([writer.close(), reader?.read().then(({ done }) => expect(done).toBe(true))]);
  });
});
