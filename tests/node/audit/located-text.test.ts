import { describe, expect, it } from 'vitest';
import { located } from '../../../src/node/audit/fix/located-text.ts';

describe('where the characters of a file stand', () => {
  it.each([
    ['utf-8', 'aé会😀z', Buffer.from('aé会😀z'), [5, 6, 8, 11, 11, 15, 16]],
    ['utf-16le', 'a会😀z', Buffer.from('a会😀z', 'utf16le'), [5, 7, 9, 9, 13, 15]],
    ['gb18030', 'a会é😀', Buffer.from('61bbe1a8a69439fc36', 'hex'), [5, 6, 8, 10, 10, 14]],
  ])('in %s', (encoding, text, bytes, offsets) => {
    const found = located(bytes, encoding, 5);
    expect(found.text).toBe(text);
    expect([...found.offsets]).toEqual(offsets);
  });

  it.each(['utf-8', 'gb18030'])('refuses bytes that are not %s', (encoding) => {
    expect(() => located(Uint8Array.of(0x61, 0xff), encoding)).toThrow(TypeError);
  });
});
