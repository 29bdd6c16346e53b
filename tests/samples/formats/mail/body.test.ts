import { describe, expect, it } from 'vitest';
import { mailBody } from '../../../../src/samples/formats/mail/body.ts';
import { octetsOf } from '../../../../src/samples/formats/mail/octets.ts';
import { bytesOfLines, message, PARTS } from './messages.ts';

const textOf = (bytes: Uint8Array): string | null => mailBody(octetsOf(bytes)).text;
/** «会议» in GB18030, Big5, UTF-8; the second bytes of the first two are no ASCII. */
const GB = [0xbb, 0xe1, 0xd2, 0xe9];
const BIG5 = [0xb7, 0x7c, 0xc4, 0xb3];
const UTF8 = [0xe4, 0xbc, 0x9a, 0xe8, 0xae, 0xae];

describe('the body of a message', () => {
  it.each<[string, string[], string | number[], string]>([
    ['plain', [], 'words', 'words\n'],
    ['quoted-printable', ['Content-Transfer-Encoding: quoted-printable'], 'a=\r\nb =3D=zz=  \r\n c  ', 'ab ==zz c\n'],
    ['its charset', ['Content-Type: text/plain; charset=gb2312'], GB, '会议\n'],
    ['its charset in quotes', ['Content-Type: text/plain;\r\n charset="BIG5"'], BIG5, '會議\n'],
    ['no charset, UTF-8', [], UTF8, '会议\n'],
    ['no charset, GB18030', [], [...GB, ...GB], '会议会议\n'],
    ['GB18030 labelled as UTF-8', ['Content-Type: text/plain; charset=utf-8'], GB, '会议\n'],
    ['UTF-8 labelled as Latin 1', ['Content-Type: text/plain; charset=iso-8859-1'], UTF8, '会议\n'],
    ['Latin 1', ['Content-Type: text/plain; charset=iso-8859-1'], [0x63, 0x61, 0x66, 0xe9], 'café\n'],
    ['an unknown charset', ['Content-Type: text/plain; charset=constructor'], UTF8, '会议\n'],
    ['a label that UTF-8 does not fit', ['Content-Type: text/plain; charset=us-ascii'], [0x63, 0xe9], 'cé\n'],
    ['HTML alone', ['Content-Type: text/html'], '<b>bold</b> &amp; <i hidden>x</i>', 'bold &'],
    ['base64 and rubbish', ['Content-Transfer-Encoding: base64'], 'd2 9y*ZHM=!garbage', 'words'],
    ['base64 with a cut group', ['Content-Transfer-Encoding: base64'], 'd29yZHMhd', 'words!'],
  ])('with %s', (_, headers, body, text) => {
    expect(textOf(message(headers, body))).toBe(text);
  });

  it('is the first plain part that is no attachment', () => {
    expect(textOf(bytesOfLines(PARTS))).toBe('一个 plain word');
    expect(textOf(bytesOfLines(PARTS, '\n'))).toBe('一个 plain word');
  });

  it('is no attachment, and stands after parts whose boundary begins like that of its own', () => {
    const isPlain = (line: string): boolean => line.toLowerCase().includes('text/plain; charset');
    const htmlInside = PARTS.map((line) => (isPlain(line) ? 'Content-Type: text/html' : line));
    expect(textOf(bytesOfLines(htmlInside))).toBe('html words');
    const shown = htmlInside.filter((line) => !line.startsWith('Content-Disposition'));
    expect(textOf(bytesOfLines(shown))).toBe('attached words');
  });

  it('is found in a forwarded message, and where nothing closes a part', () => {
    const cutShort = PARTS.slice(0, PARTS.indexOf('IHdvcmQ=') + 1);
    expect(textOf(bytesOfLines(['Content-Type: message/rfc822', '', ...cutShort]))).toBe('一个 plain word');
  });

  it.each([
    [['Content-Type: image/png', '', 'x'], 'no text/plain'],
    [['Content-Type: multipart/mixed', '', 'x'], 'no text/plain'],
    [['Content-Type: multipart/mixed; boundary=b', '', 'x'], 'no text/plain'],
    [['Content-Transfer-Encoding: x-uuencode', '', 'x'], 'encoding x-uuencode is not known'],
    [Array.from({ length: 12 }, () => ['Content-Type: message/rfc822', '']).flat(), 'no text/plain'],
  ])('is missing in %j', (lines, detail) => {
    const { text, missing } = mailBody(octetsOf(bytesOfLines(lines)));
    expect(text).toBeNull();
    expect(missing).toContain(detail);
  });

  it('is found in linear time in hostile messages', () => {
    const long = 4_000_000;
    const hostile = [
      'Content-Type: multipart/mixed; boundary=b\n\n--b\n'.repeat(long / 48),
      `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(long / 4)}`,
      `Content-Type: text/plain;${' a="'.repeat(long / 4)}\n\nx`,
      `Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n${' '.repeat(long)}x`,
      `Content-Transfer-Encoding: base64\n\n${'!'.repeat(long)}`,
      `A: b\n${' '.repeat(long)}\n\nx`,
      '\n'.repeat(long),
      ':'.repeat(long),
    ];
    for (const octets of hostile) expect(mailBody(octets).headers.size).toBeLessThan(5);
  });

  it('reads headers by any case, folded, the first of each, and no prototype', () => {
    const lines = ['MESSAGE-id:', '\t<1@x>', 'message-id: <2@x>', 'constructor: 7', 'no field', '', 'x'];
    const { headers } = mailBody(octetsOf(bytesOfLines(lines)));
    expect([...headers]).toEqual([
      ['message-id', '<1@x>'],
      ['constructor', '7'],
    ]);
  });
});
