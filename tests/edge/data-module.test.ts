import { expect, it } from 'vitest';
import bytes from './bytes.bin';

it('hands a .bin file over as an ArrayBuffer, byte for byte', () => {
  expect(bytes).toBeInstanceOf(ArrayBuffer);
  expect([...new Uint8Array(bytes)]).toEqual([1, 2, 3, 255]);
});
