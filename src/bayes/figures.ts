import { hexadecimal, sha256 } from '../sha256.ts';
import { ModelError } from './codec.ts';
import { Counts } from './counts.ts';
import { LearnedCounts, type AuthorFigures, type FeatureLines } from './learned-counts.ts';

/**
 * Statistics as bytes: counts, the residual of scaling, and what was learned from samples. Little endian, numbers as LEB128 varints:
 *
 *     magic `LSCT` (counts), `LSRS` (residual) or `LSLC` (learned), format version (u16), zero (u16),
 *     counts: legit lines, spam lines, features, then the legit and the spam count of each feature;
 *     residual: features, then each value in zigzag; of counts and residual, a zero is followed by the number of zeros that it stands for;
 *     learned: authors, for each its name (length, UTF-16 units), and for legit and spam the number of features, then for each
 *     the distance to the last feature, lines, and lines beyond;
 *     SHA-256 of everything before it (32 bytes)
 */
const FORMATS: Readonly<Record<string, number>> = { LSCT: 2, LSRS: 2, LSLC: 2 };
const HEADER = 8;
const DIGEST = 32;

/** A residual is kept in steps of 1/64 natural-log odds: six times finer than a weight. */
const RESIDUAL_STEPS = 64;

/** Counts as bytes. */
export async function encodeCounts(counts: Counts): Promise<Uint8Array> {
  const writer = new VarintWriter('LSCT');
  writer.write(counts.legitLines);
  writer.write(counts.spamLines);
  writer.write(counts.legit.length);
  writeRuns(writer, counts.legit);
  writeRuns(writer, counts.spam);
  return await writer.finish();
}

/** Counts from bytes. Throws a `ModelError` for what is damaged or something else. */
export async function decodeCounts(bytes: Uint8Array): Promise<Counts> {
  const reader = await VarintReader.open(bytes, 'LSCT', 'counts');
  const [legitLines, spamLines] = [reader.read(), reader.read()];
  const counts = new Counts(reader.read());
  counts.legitLines = legitLines;
  counts.spamLines = spamLines;
  readRuns(reader, counts.legit);
  readRuns(reader, counts.spam);
  return counts;
}

/** A residual (natural-log odds by feature id) as bytes, rounded to 1/64. */
export async function encodeResidual(residual: Float32Array): Promise<Uint8Array> {
  const writer = new VarintWriter('LSRS');
  writer.write(residual.length);
  const zigzag = Float64Array.from(residual, (value) => {
    const steps = Math.round(value * RESIDUAL_STEPS);
    return steps < 0 ? -2 * steps - 1 : 2 * steps;
  });
  writeRuns(writer, zigzag);
  return await writer.finish();
}

/** A residual from bytes. Throws a `ModelError` for what is damaged or something else. */
export async function decodeResidual(bytes: Uint8Array): Promise<Float32Array> {
  const reader = await VarintReader.open(bytes, 'LSRS', 'residual');
  const residual = new Float32Array(reader.read());
  readRuns(reader, residual);
  return residual.map((zigzag) => ((zigzag & 1) === 1 ? -(zigzag + 1) / 2 : zigzag / 2) / RESIDUAL_STEPS);
}

/** What was learned from samples as bytes. */
export async function encodeLearned(learned: LearnedCounts): Promise<Uint8Array> {
  const writer = new VarintWriter('LSLC');
  const entries = learned.entries();
  writer.write(entries.length);
  for (const { author, legit, spam } of entries) {
    writer.write(author.length);
    for (let i = 0; i < author.length; i++) writer.write(author.charCodeAt(i));
    writeLines(writer, legit);
    writeLines(writer, spam);
  }
  return await writer.finish();
}

/** What was learned, from bytes. Throws a `ModelError` for what is damaged or something else. */
export async function decodeLearned(bytes: Uint8Array): Promise<LearnedCounts> {
  const reader = await VarintReader.open(bytes, 'LSLC', 'learned counts');
  const entries: AuthorFigures[] = [];
  for (let left = reader.read(); left > 0; left--) {
    let author = '';
    for (let units = reader.read(); units > 0; units--) author += String.fromCharCode(reader.read());
    entries.push({ author, legit: readLines(reader), spam: readLines(reader) });
  }
  return LearnedCounts.from(entries);
}

function writeRuns(writer: VarintWriter, values: Uint32Array | Float64Array): void {
  for (let id = 0; id < values.length; id++) {
    writer.write(values[id]);
    if (values[id] !== 0) continue;
    const first = id;
    while (values[id + 1] === 0) id++;
    writer.write(id + 1 - first);
  }
}

/** Fills `values`. Throws a `ModelError` for a run beyond its end. */
function readRuns(reader: VarintReader, values: Uint32Array | Float32Array): void {
  for (let id = 0; id < values.length; id++) {
    values[id] = reader.read();
    if (values[id] === 0) id += reader.read() - 1;
    if (id >= values.length) throw new ModelError('a run of zeros goes beyond the last feature; restore the file');
  }
}

function writeLines(writer: VarintWriter, lines: FeatureLines): void {
  writer.write(lines.length);
  let last = 0;
  for (const [id, count, beyond] of lines) {
    writer.write(id - last);
    writer.write(count);
    writer.write(beyond);
    last = id;
  }
}

function readLines(reader: VarintReader): FeatureLines {
  const lines: [number, number, number][] = [];
  let id = 0;
  for (let left = reader.read(); left > 0; left--) {
    id += reader.read();
    lines.push([id, reader.read(), reader.read()]);
  }
  return lines;
}

class VarintWriter {
  #bytes = new Uint8Array(1 << 20);
  #length = HEADER;

  constructor(magic: string) {
    this.#bytes.set(new TextEncoder().encode(magic));
    new DataView(this.#bytes.buffer).setUint16(4, FORMATS[magic], true);
  }

  write(value: number): void {
    if (this.#length + 5 + DIGEST > this.#bytes.length) this.#grow();
    let left = value;
    for (; left >= 0x80; left = Math.floor(left / 0x80)) this.#bytes[this.#length++] = (left % 0x80) | 0x80;
    this.#bytes[this.#length++] = left;
  }

  async finish(): Promise<Uint8Array> {
    const content = this.#bytes.subarray(0, this.#length);
    const whole = new Uint8Array(this.#length + DIGEST);
    whole.set(content);
    whole.set(await sha256(content), this.#length);
    return whole;
  }

  #grow(): void {
    const bytes = new Uint8Array(2 * this.#bytes.length);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }
}

class VarintReader {
  readonly #bytes: Uint8Array;
  #at = HEADER;

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  static async open(bytes: Uint8Array, magic: string, what: string): Promise<VarintReader> {
    const content = bytes.subarray(0, Math.max(0, bytes.length - DIGEST));
    if (content.length < HEADER || new TextDecoder().decode(content.subarray(0, 4)) !== magic) {
      throw new ModelError(`these ${bytes.length} bytes are no linesieve ${what}: they do not start with ${magic}`);
    }
    const format = content[4] | (content[5] << 8);
    const known = FORMATS[magic];
    if (format !== known) throw new ModelError(`${what} format ${format} is not read here (format ${known} is)`);
    if (hexadecimal(await sha256(content)) !== hexadecimal(bytes.subarray(bytes.length - DIGEST))) {
      throw new ModelError(`the ${what} are damaged: their SHA-256 does not match; restore them from the repository`);
    }
    return new VarintReader(content);
  }

  read(): number {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.#bytes[this.#at++];
      value += (byte & 0x7f) * scale;
      if ((byte & 0x80) === 0) return value;
      scale *= 0x80;
    }
  }
}
