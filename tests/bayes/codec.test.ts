import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, ModelError } from '../../src/bayes/codec.ts';
import { BUCKETS } from '../../src/bayes/features.ts';
import { quantise } from '../../src/bayes/model.ts';

const weights = new Int8Array(BUCKETS).map((_, id) => (id % 255) - 127);
const categories = { names: ['adult', 'gambling'], bits: 4, weights: new Int8Array(32).map((_, i) => i - 16) };
const encoded = await encodeModel({ weights, categories });

function changed(change: (bytes: Uint8Array) => Uint8Array | void): Uint8Array {
  const bytes = encoded.slice();
  return change(bytes) ?? bytes;
}

describe('a model as bytes', () => {
  it('comes back as it went, also from a Buffer that is part of a larger one', async () => {
    const larger = Buffer.concat([Buffer.alloc(13), encoded]).subarray(13);
    const model = await decodeModel(larger);
    expect(Buffer.from(model.weights).equals(Buffer.from(weights))).toBe(true);
    expect(model.categories).toEqual(categories);
    expect(model.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['something else', new TextEncoder().encode('PK\u0003\u0004'.repeat(50)), /no linesieve model/],
    ['nothing', new Uint8Array(0), /no linesieve model/],
    ['a truncated file', changed((bytes) => bytes.subarray(0, bytes.length - 1000)), /promises/],
    ['a flipped bit', changed((bytes) => void (bytes[5000] ^= 4)), /damaged/],
    ['a later format', changed((bytes) => void (bytes[4] = 9)), /format 9/],
    ['other features', changed((bytes) => void (bytes[6] = 77)), /feature version 77/],
    ['other buckets', changed((bytes) => void (bytes[8] = 22)), /22 bucket bits/],
  ])('is refused for %s', async (_, bytes, message) => {
    await expect(decodeModel(bytes)).rejects.toThrow(ModelError);
    await expect(decodeModel(bytes)).rejects.toThrow(message);
  });
});

describe('quantise', () => {
  it('rounds to even steps of 1/20 and keeps within an int8', () => {
    const weights = new Float32Array(BUCKETS);
    weights.set([0.049, 0.051, -0.5, 100, -100]);
    expect([...quantise(weights).subarray(0, 5)]).toEqual([0, 2, -10, 126, -126]);
    expect(() => quantise(new Float32Array(3))).toThrow(RangeError);
  });
});
