import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/service/document-limits.ts';
import { createApp } from '../../src/service/app.ts';
import { DEFAULT_LIMITS } from '../../src/service/limits.ts';
import { fakeSieve } from './fake-sieve.ts';

const LIMITS = { ...DEFAULT_LIMITS, documentLines: 3, lineLength: 5 };

const faultOf = (input: Parameters<typeof checkDocument>[0]): string | null => {
  try {
    checkDocument(input, LIMITS);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the limits of a document', () => {
  it.each([
    ['', null],
    ['1\n2\n3', null],
    ['1\n2\n3\n', null],
    ['1\n2\n3\n4', '/text: has more lines than the limit of 3 (documentLines); split the document'],
    ['1\r2\r\n3\u2028', null],
    ['1\r2\r\n3\u2028\n', '/text: has more lines than the limit of 3 (documentLines); split the document'],
    ['\n\n\n\n', '/text: has more lines than the limit of 3 (documentLines); split the document'],
    ['1\n12345\n', null],
    ['1\n123456', '/text: has 6 UTF-16 units in line 2, more than the limit of 5 (lineLength); break the line'],
  ])('%j: %s', (text, fault) => expect(faultOf({ text })).toBe(fault));

  it.each(['html', 'markdown'])('hold for %s', (field) => {
    expect(faultOf({ [field]: '123456' })).toMatch(new RegExp(`^/${field}: has 6 UTF-16 units in line 1, more than`));
  });
});

describe('a document that passes them', () => {
  const app = createApp({ sieve: () => fakeSieve, version: '1', limits: { documentLines: 3, lineLength: 50 } });
  const post = async (path: string, type: string, body: string) =>
    await app.request(path, { method: 'POST', headers: { 'Content-Type': type }, body });

  it('is a problem that points to it, with the limit', async () => {
    const answer = await post('/v1/check', 'application/json', JSON.stringify({ html: '1\n2\n3\n4' }));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({
      type: 'tag:linesieve,2026:too-large',
      limit: 3,
      errors: [{ pointer: '/html', detail: 'has more lines than the limit of 3 (documentLines); split the document' }],
    });
  });

  it('is a row of its own in a batch, and the others are judged', async () => {
    const rows = [
      { id: 'a', text: 'x'.repeat(51) },
      { id: 'b', text: 'x'.repeat(50) },
    ];
    const answer = await post(
      '/v1/check/batch',
      'application/x-ndjson',
      rows.map((row) => JSON.stringify(row)).join('\n'),
    );
    const [first, second] = (await answer.text()).split('\n').map((line) => (line === '' ? null : JSON.parse(line)));
    expect(first).toMatchObject({
      id: 'a',
      error: { code: 'too-large', detail: expect.stringContaining('lineLength') },
    });
    expect(second).toMatchObject({ id: 'b', verdict: 'pass' });
  });

  it('is refused by the protocol of Akismet', async () => {
    const form = new URLSearchParams({ api_key: 'k', blog: 'https://a.org', comment_content: 'a\nb\nc\nd' });
    expect((await post('/1.1/comment-check', 'application/x-www-form-urlencoded', form.toString())).status).toBe(413);
  });
});

it('rows of a batch have a limit of their own', async () => {
  const app = createApp({ sieve: () => fakeSieve, version: '1', limits: { bodyBytes: 1_000, rowBytes: 40 } });
  const headers = { 'Content-Type': 'application/x-ndjson' };
  const body = `${JSON.stringify({ id: 'a', text: 'x'.repeat(40) })}\n${JSON.stringify({ id: 'b', text: 'x' })}`;
  const answer = await app.request('/v1/check/batch', { method: 'POST', headers, body });
  const text = await answer.text();
  expect(text).toContain('more than 40 (rowBytes); split it');
  expect(text).toContain('"id":"b","verdict":"pass"');
});
