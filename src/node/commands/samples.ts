import { createReadStream, createWriteStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { naturalOfSamples, samplesOfNatural } from '../../samples/natural.ts';
import { samplesOfMail } from '../../samples/formats/mail/samples-of-mail.ts';
import type { SampleRow } from '../../samples/formats/row.ts';
import { TEXT_FORMATS, writeSamples, type TextFormat } from '../../samples/formats/sample-formats.ts';
import { checkSample, SampleError, type NewSample, type SampleDefaults } from '../../samples/sample.ts';
import { collect, countsOf, learned, type RowFault } from '../../service/sample-transfer.ts';
import type { Addition } from '../../store/store.ts';
import { print, withDesks, type Flags } from '../desks.ts';
import { EXIT, UserFailure } from '../failure.ts';
import { progressBar } from '../progress-bar.ts';
import { reasonOf } from '../system-error.ts';

/** Labels that go to the store at once: a bar moves, and memory stays small. */
const PIECE = 1000;
type Written = TextFormat | 'natural';
/** Mail is read, not written. */
type Read = Written | 'mail';
const WRITTEN = [...(Object.keys(TEXT_FORMATS) as TextFormat[]), 'natural'] as const;
const READ = [...WRITTEN, 'mail'] as const;

/** `linesieve samples add`: exit 0 when it is learned or was known, 1 when somebody else says otherwise. */
export function addSample(text: string, flags: Flags): Promise<number> {
  return withDesks(flags, async ({ samples, tenant }) => {
    const fields = { text, label: flags['label'], category: flags['category'], language: flags['language'] };
    const sample = checked({ ...fields, author: authorOf(flags), site: flags['site'], origin: 'human' });
    const [addition] = await samples.add(tenant, [sample]);
    print(flags, addition, () => [lineOf(addition)]);
    return addition.outcome === 'conflict' ? EXIT.findings : EXIT.clean;
  });
}

/** `linesieve samples withdraw`: one by id, all of an author, or all that the champion was not built with. */
export function withdrawSamples(id: string | undefined, flags: Flags): Promise<number> {
  return withDesks(flags, async ({ store, tenant, models }) => {
    const { author, unlearned } = flags;
    if ([id, author, unlearned].filter((one) => one !== undefined).length !== 1)
      throw new UserFailure('name either the id of a sample or an --author, or --unlearned');
    let withdrawn = 0;
    if (unlearned === true) withdrawn = await models.withdrawUnlearned(tenant);
    else if (id !== undefined) {
      if ((await store.samples.get(tenant, id)) === null)
        throw new UserFailure(`there is no sample ${id}; samples list shows them`);
      withdrawn = (await store.samples.setState(tenant, id, 'withdrawn')) ? 1 : 0;
    } else
      for (let more = -1; more !== 0; withdrawn += more)
        more = await store.samples.withdrawAuthor(tenant, String(author), PIECE);
    print(flags, { withdrawn }, () => [`${withdrawn} withdrawn`]);
    return EXIT.clean;
  });
}

/** `linesieve samples import`: exit 1 where rows were faulty; the good ones are kept. */
export function importSamples(path: string, flags: Flags): Promise<number> {
  return withDesks(flags, async (desks) => {
    const format = flags['format'] === undefined ? formatByEnding(path) : oneOf(READ, flags['format']);
    const { samples, errors } = await read(path, format, flags);
    const totals = { added: 0, duplicates: 0, conflicts: 0 };
    const bar = progressBar(flags, '{bar} {value}/{total} · {eta_formatted} left');
    bar?.start(samples.length, 0);
    for (let start = 0; start < samples.length; start += PIECE) {
      const counts = countsOf(await desks.samples.add(desks.tenant, samples.slice(start, start + PIECE)));
      for (const name of ['added', 'duplicates', 'conflicts'] as const) totals[name] += counts[name];
      bar?.update(Math.min(samples.length, start + PIECE));
    }
    bar?.stop();
    for (const { place, detail } of errors) process.stderr.write(`${place}: ${detail}\n`);
    const { added, duplicates, conflicts } = totals;
    const said = `${added} added, ${duplicates} known, ${conflicts} in conflict, ${errors.length} faulty`;
    print(flags, { ...totals, faulty: errors.length, errors }, () => [said]);
    return errors.length > 0 ? EXIT.findings : EXIT.clean;
  });
}

/** `linesieve samples export`: what is learned, to standard output, or to a file and then the number is said. */
export function exportSamples(flags: Flags): Promise<number> {
  return withDesks(flags, async ({ store, tenant }) => {
    const format = oneOf(WRITTEN, flags['format'] ?? 'ndjson');
    const { out } = flags;
    const bar = typeof out === 'string' ? progressBar(flags, '{bar} {value}/{total}') : null;
    bar?.start((await store.samples.counts(tenant)).active, 0);
    let exported = 0;
    const samples = told(learned(store, tenant), () => {
      exported++;
      bar?.update(exported);
    });
    const pieces = format === 'natural' ? naturalPieces(samples) : writeSamples(TEXT_FORMATS[format], samples);
    if (typeof out !== 'string') for await (const piece of pieces) process.stdout.write(piece);
    else {
      await pipeline(Readable.from(pieces), createWriteStream(out)).finally(() => bar?.stop());
      const hint =
        format === 'natural' ? ['it classifies lists of tokensOf(line), which linesieve/natural exports'] : [];
      print(flags, { exported, format, out }, () => [`${exported} written to ${out}`, ...hint]);
    }
    return EXIT.clean;
  });
}

/** `linesieve samples list`: newest first. */
export function listSamples(flags: Flags): Promise<number> {
  return withDesks(flags, async ({ store, tenant }) => {
    const { items } = await store.samples.list(tenant, { limit: 1000 });
    print(flags, items, () =>
      items.map(({ id, state, label, author, text }) => [id, state, label, author, shortened(text)].join('  ')),
    );
    return EXIT.clean;
  });
}

/** `linesieve samples queue`: lines whose label would teach most. */
export function showQueue(flags: Flags): Promise<number> {
  return withDesks(flags, async ({ samples, sieves, tenant }) => {
    const limit = flags['limit'] === undefined ? 20 : Number(flags['limit']);
    if (!(Number.isInteger(limit) && limit >= 1 && limit <= 100))
      throw new UserFailure('--limit must be from 1 to 100');
    const { sieve } = await sieves.siteOf(tenant, 'none');
    const asked = await samples.queue(tenant, limit, sieve);
    print(flags, asked, () =>
      asked.map(({ value, grounds, text }) => [value.toFixed(2), grounds.join('+') || '-', shortened(text)].join('  ')),
    );
    return EXIT.clean;
  });
}

/** `linesieve samples stats`. */
export function showStats(flags: Flags): Promise<number> {
  return withDesks(flags, async ({ store, tenant }) => {
    const counts = { ...(await store.samples.counts(tenant)), revision: await store.samples.revision(tenant) };
    print(flags, counts, () => Object.entries(counts).map(([name, count]) => `${name}  ${count}`));
    return EXIT.clean;
  });
}

async function read(path: string, format: Read, flags: Flags): Promise<{ samples: NewSample[]; errors: RowFault[] }> {
  const site = typeof flags['site'] === 'string' ? { site: flags['site'] } : {};
  const defaults = { author: authorOf(flags), origin: 'import' as const, ...site };
  try {
    if (format !== 'natural' && format !== 'mail') return await collect(format, pieces(path), defaults, path);
    const rows =
      format === 'mail'
        ? await Array.fromAsync(mailRows(path, defaults))
        : [...samplesOfNatural(readFileSync(path, 'utf8'), { source: path, defaults })];
    const errors = rows.flatMap((row) => ('error' in row ? [row.error] : []));
    return { samples: rows.flatMap((row) => ('error' in row ? [] : [row])), errors };
  } catch (error) {
    if (error instanceof SampleError || (error as NodeJS.ErrnoException).code !== undefined)
      throw new UserFailure(`${path}: ${reasonOf(error)}`);
    throw error;
  }
}

/** The messages of a file or of all files below a folder; folders named spam and ham say what they hold. */
async function* mailRows(path: string, defaults: SampleDefaults): AsyncGenerator<SampleRow> {
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [path];
  for (const file of files) yield* samplesOfMail(createReadStream(file), { source: file, defaults });
}

async function* pieces(path: string): AsyncGenerator<string> {
  const input = path === '-' ? process.stdin : createReadStream(path);
  const decoder = new TextDecoder();
  for await (const chunk of input as AsyncIterable<Uint8Array>) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The same samples; each is told of as it goes by. */
async function* told(samples: AsyncIterable<NewSample>, tell: () => void): AsyncGenerator<NewSample> {
  for await (const sample of samples) {
    tell();
    yield sample;
  }
}

async function* naturalPieces(samples: AsyncIterable<NewSample>): AsyncGenerator<string> {
  try {
    yield JSON.stringify(naturalOfSamples(await Array.fromAsync(samples)));
  } catch (error) {
    throw error instanceof SampleError ? new UserFailure(error.message) : error;
  }
}

function formatByEnding(path: string): Read {
  const format = ({ '.csv': 'csv', '.ndjson': 'ndjson', '.jsonl': 'ndjson' } as const)[extname(path)];
  if (format !== undefined) return format;
  throw new UserFailure(`${path}: its ending tells no format; give --format, one of ${READ.join(', ')}`);
}

function oneOf<Format extends Read>(formats: readonly Format[], given: unknown): Format {
  const format = formats.find((one) => one === given);
  if (format !== undefined) return format;
  throw new UserFailure(`--format must be one of ${formats.join(', ')}, not ${String(given)}`);
}

function checked(value: object): NewSample {
  try {
    return checkSample(value, 'the sample');
  } catch (error) {
    throw error instanceof SampleError ? new UserFailure(error.message) : error;
  }
}

function authorOf({ author }: Flags): string {
  return typeof author === 'string' ? author : userInfo().username;
}

function lineOf({ outcome, sample, with: other }: Addition): string {
  return `${outcome}${other === null ? '' : ` with ${other}`}: ${sample.id} counts as ${sample.influence} lines`;
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
