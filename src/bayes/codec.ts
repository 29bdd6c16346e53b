import { hexadecimal, sha256 } from '../sha256.ts';
import { BUCKETS, FEATURE_VERSION, SHORT_BITS } from './features.ts';
import type { Model } from './model.ts';

/**
 * A model as bytes, little endian:
 *
 *     0  magic `LSMD`
 *     4  format version (u16), feature version (u16)
 *     8  bits of the buckets of short n-grams (u8), category bits (u8), number of categories (u16)
 *    12  category names: each a length (u8) and ASCII
 *     …  weights (int8 × buckets), category weights (int8 × categories × 2^category bits)
 *     …  SHA-256 of everything before it (32 bytes)
 */
export const MODEL_FORMAT = 1;
const MAGIC = 'LSMD';
const HEADER = 12;
const DIGEST = 32;

/** Thrown for bytes that are no model of this version; says what is wrong and what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** Encodes a model and stamps it with its SHA-256. */
export async function encodeModel(model: Omit<Model, 'digest'>): Promise<Uint8Array> {
  return (await encodeChanged(model, () => undefined)).bytes;
}

/** The model with weights that `change` writes over, and its encoding. The weights lie in the bytes: of 786,432 there is one copy. */
export async function encodeChanged(
  model: Omit<Model, 'digest'>,
  change: (weights: Int8Array) => void,
): Promise<{ readonly model: Model; readonly bytes: Uint8Array }> {
  const names = model.categories.names.map((name) => new TextEncoder().encode(name));
  const size = HEADER + names.reduce((sum, name) => sum + 1 + name.length, 0);
  const bytes = new Uint8Array(size + model.weights.length + model.categories.weights.length + DIGEST);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  view.setUint16(4, MODEL_FORMAT, true);
  view.setUint16(6, FEATURE_VERSION, true);
  bytes[8] = SHORT_BITS;
  bytes[9] = model.categories.bits;
  view.setUint16(10, names.length, true);
  let at = HEADER;
  for (const name of names) {
    bytes[at++] = name.length;
    bytes.set(name, at);
    at += name.length;
  }
  bytes.set(model.weights, at);
  bytes.set(model.categories.weights, at + model.weights.length);
  const weights = new Int8Array(bytes.buffer, at, model.weights.length);
  change(weights);
  const digest = await sha256(bytes.subarray(0, bytes.length - DIGEST));
  bytes.set(digest, bytes.length - DIGEST);
  return { model: { digest: hexadecimal(digest), weights, categories: model.categories }, bytes };
}

/** Decodes a model. Throws a `ModelError` for what is truncated, damaged or of another version. */
export async function decodeModel(bytes: Uint8Array): Promise<Model> {
  const model = readModel(new Uint8Array(bytes));
  if (hexadecimal(await sha256(bytes.subarray(0, bytes.length - DIGEST))) !== model.digest) {
    throw new ModelError('the model is damaged: its SHA-256 does not match its content; copy it again or retrain');
  }
  return model;
}

/**
 * Decodes a model that came with the program: its digest is believed, which an isolate would spend a millisecond on, and its weights stay where they
 * are in `bytes`. Throws a `ModelError` for what is truncated or of another version.
 */
export function readModel(bytes: Uint8Array): Model {
  checkHeader(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = bytes[9];
  const { names, at } = readNames(bytes, view.getUint16(10, true));
  const expected = at + BUCKETS + names.length * (1 << bits) + DIGEST;
  if (bytes.length !== expected) {
    throw new ModelError(`the model has ${bytes.length} bytes where its header promises ${expected}; copy it again`);
  }
  const signed = (from: number, length: number) => new Int8Array(bytes.buffer, bytes.byteOffset + from, length);
  const weights = signed(at, BUCKETS);
  const categories = { names, bits, weights: signed(at + BUCKETS, names.length * (1 << bits)) };
  return { digest: hexadecimal(bytes.subarray(bytes.length - DIGEST)), weights, categories };
}

function checkHeader(bytes: Uint8Array): void {
  if (bytes.length < HEADER + DIGEST || new TextDecoder().decode(bytes.subarray(0, 4)) !== MAGIC) {
    throw new ModelError(`these ${bytes.length} bytes are no linesieve model: they do not start with ${MAGIC}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = view.getUint16(4, true);
  if (format !== MODEL_FORMAT) {
    throw new ModelError(
      `model format ${format} is not read here (format ${MODEL_FORMAT} is); retrain or upgrade linesieve`,
    );
  }
  const features = view.getUint16(6, true);
  if (features !== FEATURE_VERSION || bytes[8] !== SHORT_BITS) {
    throw new ModelError(
      `the model was trained on feature version ${features} with ${bytes[8]} bucket bits; ` +
        `this engine has version ${FEATURE_VERSION} with ${SHORT_BITS}: retrain it`,
    );
  }
}

function readNames(bytes: Uint8Array, count: number): { names: string[]; at: number } {
  const names: string[] = [];
  let at = HEADER;
  for (let i = 0; i < count; i++) {
    const end = at + 1 + bytes[at];
    if (!(end <= bytes.length)) throw new ModelError('the model is truncated within its category names; copy it again');
    names.push(new TextDecoder().decode(bytes.subarray(at + 1, end)));
    at = end;
  }
  return { names, at };
}
