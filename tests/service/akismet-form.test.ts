import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForm, type Form } from '../../src/service/akismet-form.ts';
import { DEFAULT_LIMITS } from '../../src/service/limits.ts';

const TYPE = 'application/x-www-form-urlencoded';

function read(body: BodyInit, type = TYPE): Promise<Form> {
  const request = new Request('https://sieve.example/', { method: 'POST', headers: { 'Content-Type': type }, body });
  return readForm(request, DEFAULT_LIMITS);
}

describe('a form', () => {
  it('is read as URLSearchParams reads it', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('%', '%4', '%zz', '+', '&', '=', 'a=b', 'é%20', '\ufeff'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 8 }), async (parts) => {
        // Node's own takes raw letters beyond ASCII for Latin-1 where a percent sign stands alone.
        const body = `a=${parts
          .join('')
          .toWellFormed()
          .replace(/[^\0-\x7f]+/g, encodeURIComponent)}`;
        const expected = new Map<string, string>();
        for (const [name, value] of new URLSearchParams(body)) if (!expected.has(name)) expected.set(name, value);
        expect(await read(body)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('may hold letters beyond ASCII as they are', async () => {
    expect(await read('a=é%20%&b=久')).toEqual(
      new Map([
        ['a', 'é %'],
        ['b', '久'],
      ]),
    );
  });

  it('is read in the encoding that it names', async () => {
    const gbk = 'comment_content=%BE%AB%C6%B7+a';
    expect((await read(`${gbk}&blog_charset=GBK`)).get('comment_content')).toBe('精品 a');
    expect((await read(gbk, `${TYPE}; charset="gb2312"`)).get('comment_content')).toBe('精品 a');
    expect(
      (await read('comment_content=%E7%B2%BE&blog_charset=GBK', `${TYPE};charset=utf-8`)).get('comment_content'),
    ).toBe('精');
    expect((await read('comment_content=%E7%B2%BE&blog_charset=')).get('comment_content')).toBe('精');
  });

  it('is refused in an encoding that nobody knows', async () => {
    await expect(read('comment_content=a&blog_charset=klingon')).rejects.toThrow('the encoding klingon is not known');
  });
});
