import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LARGEST_MESSAGE } from '../../../../src/samples/formats/mail/mbox.ts';
import { labelOfPath, mboxOfSample, samplesOfMail } from '../../../../src/samples/formats/mail/samples-of-mail.ts';
import { LONGEST_TEXT } from '../../../../src/samples/sample.ts';
import { all, anyText, BARE, brief, complaints } from '../rows.ts';
import { bytesOfLines, message } from './messages.ts';

const SEPARATOR = 'From a@example.com Mon Nov 23 10:00:00 2026';
const encoder = new TextEncoder();

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('the label of a path', () => {
  it.each([
    ['corpus/spam/0001.abc', 'spam'],
    ['corpus\\Junk\\1', 'spam'],
    ['easy_ham_2/1', 'legit'],
    ['hard_ham/1', 'legit'],
    ['spam_2/ham/1', 'legit'],
    ['mail/ham.mbox', 'legit'],
    ['spam-2026.mbox', 'spam'],
    ['hamlet/1', null],
    ['antispam/1', null],
    ['constructor/__proto__', null],
  ])('%s: %s', (path, label) => {
    expect(labelOfPath(path)).toBe(label);
  });
});

describe('samples of mail', () => {
  it('have the text, and the message id as document', async () => {
    const bytes = message(['Message-ID: <1@x>'], '\r\nbest odds\r\nplay now  \r\n\r\n');
    expect(await all(samplesOfMail(bytes, { source: 'spam/1', defaults: { author: 'ann' } }))).toEqual([
      { ...BARE, text: 'best odds\nplay now', label: 'spam', author: 'ann', documentId: '1@x' },
    ]);
  });

  it('are those of every message of an mbox file, however it is cut', async () => {
    const lines = [
      SEPARATOR,
      'Subject: a',
      '',
      'one',
      '>From here on',
      '>>From x',
      'From the same text',
      SEPARATOR,
      '',
    ];
    const last = [`${SEPARATOR} +0100`, 'Content-Type: image/png', '', 'x', '', SEPARATOR, '', 'three'];
    for (const end of ['\n', '\r\n']) {
      const bytes = bytesOfLines([...lines, ...last], end);
      for (const size of [1, 7, 10_000]) {
        expect(await brief(samplesOfMail(pieces(bytes, size), { source: 'f', label: 'legit' }))).toEqual([
          `legit one\nFrom here on\n>From x\nFrom the same text\n${SEPARATOR}`,
          '! f#2',
          'legit three',
        ]);
      }
    }
  });

  it('do not take a line of a single message for a separator', async () => {
    const bytes = bytesOfLines(['Subject: x', '', 'a', '', SEPARATOR, '>From b']);
    expect(await brief(samplesOfMail(bytes, { label: 'spam' }))).toEqual([`spam a\n\n${SEPARATOR}\n>From b`]);
  });

  it('cut a long text at line ends, and refuse a line that is too long', async () => {
    const line = 'w'.repeat(99);
    const body = [...Array.from({ length: 250 }, () => line), 'x'.repeat(LONGEST_TEXT + 1), 'end'].join('\n');
    const rows = await all(samplesOfMail(message(['Message-ID: <1@x>'], body), { source: 'f', label: 'legit' }));
    const lengths = rows.map((row) => ('error' in row ? row.error.detail.slice(0, 21) : row.text.length));
    expect(lengths).toEqual([9999, 9999, 4999, 'text has 10001 units,', 3]);
    expect(new Set(rows.flatMap((row) => ('error' in row ? [] : [row.documentId])))).toEqual(new Set(['1@x']));
  });

  it('go on after a message that is too large', async () => {
    const huge = encoder.encode(`${SEPARATOR}\n\n${'x'.repeat(LARGEST_MESSAGE)}\n\n${SEPARATOR}\n\ntwo\n`);
    expect(await brief(samplesOfMail(pieces(huge, 65_536), { source: 'f', label: 'spam' }))).toEqual([
      '! f#1',
      'spam two',
    ]);
  });

  it.each([
    [encoder.encode('Subject: x\n\n'), 'blank'],
    [encoder.encode('Subject: x\n\n \n\t\n'), 'blank'],
    [Uint8Array.of(0, 255, 254, 10), 'blank'],
  ])('of %j are errors', async (bytes, detail) => {
    expect(await complaints(samplesOfMail(bytes, { label: 'spam' }))).toEqual([expect.stringContaining(detail)]);
  });

  it('need a label', async () => {
    expect(await complaints(samplesOfMail(message([], 'x'), { source: 'inbox/1' }))).toEqual([
      expect.stringContaining('folder spam or ham'),
    ]);
    expect(await all(samplesOfMail(new Uint8Array(), { label: 'spam' }))).toEqual([]);
  });

  it('are written so that they come back', async () => {
    const bare = (text: string): string =>
      text
        .toWellFormed()
        .replace(/^\ufeff/, '')
        .replaceAll(/\r\n?/g, '\n')
        .replace(/^\s*\n/, '')
        .trimEnd();
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 4 }), async (texts) => {
        const mbox = texts.map((text) => mboxOfSample({ ...BARE, text, label: 'spam', documentId: '1@x' })).join('');
        const rows = await brief(samplesOfMail(encoder.encode(mbox), { label: 'spam' }));
        expect(rows).toEqual(texts.map((text) => `spam ${bare(text)}`));
      }),
    );
  });

  it('do not let a field write headers', () => {
    const sample = { ...BARE, text: 'x', label: 'spam', documentId: 'a\nBcc: b', site: 'c\r\n\r\nd' } as const;
    expect(mboxOfSample(sample)).not.toMatch(/Bcc|X-Site/);
  });
});
