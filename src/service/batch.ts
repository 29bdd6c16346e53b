import { Hono, type Context } from 'hono';
import type { CheckInput } from '../index.ts';
import { checkUncompressed } from './body.ts';
import { askedOf } from './check.ts';
import type { Dependencies } from './dependencies.ts';
import { fieldErrors } from './field-errors.ts';
import { judgeSent, keep, knownPolicy, siteOf } from './judge.ts';
import type { Asked, Judged, Site } from './judged.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import { failed, RowReader, type ErrorRow } from './rows.ts';
import { batchQuery, LONGEST_ID } from './schemas-request.ts';

/** One type is registered nowhere; these are what clients send. */
const MEDIA_TYPES = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

/**
 * Answers are sent once this many UTF-16 units have gathered, or no whole row is left of what has come: large enough that streams
 * and the log cost little a row, small enough to stay far below the memory of one document.
 */
const FLUSH_UNITS = 32_768;

/** Bytes of a stream whose garbage is worth a thought: what comes before fits beside a service at rest. */
const LONG_STREAM = 512 * 1024;

/**
 * `POST /v1/check/batch`: a document a row in, an answer a row out, in the same order while the rows come. Nothing is read ahead of
 * a client that does not read its answers. As many rows as there are; a bad one gets an error row and the stream goes on.
 */
export function batchResource(dependencies: Dependencies) {
  return new Hono<ServiceEnv>().post('/v1/check/batch', async (c) => {
    checkHeaders(c.req.raw.headers);
    const include = c.req.queries('include')?.join(',');
    const asked = parseQuery({ ...c.req.query(), ...(include === undefined ? {} : { include }) });
    const site = await siteOf(dependencies, c);
    knownPolicy(site.sieve, asked.policy);
    const answers = answersOf(c, dependencies, site, asked);
    return c.body(streamOf(answers), 200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
  });
}

function checkHeaders(headers: Headers): void {
  const type = (headers.get('Content-Type') ?? '').split(';', 1)[0].trim().toLowerCase();
  if (!MEDIA_TYPES.includes(type)) {
    const detail = `the body must be rows of JSON; set Content-Type to ${MEDIA_TYPES[0]}`;
    throw new ProblemError('unsupported-media-type', detail);
  }
  checkUncompressed(headers);
}

function parseQuery(query: Readonly<Record<string, string>>): Asked {
  const { include, ...rest } = query;
  const parsed = batchQuery.safeParse(include === undefined ? rest : { ...rest, include: include.split(',') });
  if (parsed.success) return askedOf(parsed.data);
  const errors = fieldErrors(parsed.error.issues);
  const detail = errors.map(({ pointer, detail }) => `query ${pointer}: ${detail}`).join('; ');
  throw new ProblemError('invalid-request', detail, { errors });
}

/** As `judgedRows`; a key that is revoked meanwhile ends the stream with a row that says so. */
async function* answersOf(...given: Parameters<typeof judgedRows>): AsyncGenerator<string> {
  try {
    yield* judgedRows(...given);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.kind !== 'unauthorized') throw error;
    yield `${JSON.stringify(failed('batch', error.kind, `${error.message}; this row and those behind it were not judged`))}\n`;
  }
}

/** Answers as text, whole rows each, when those before have been taken. */
async function* judgedRows(
  c: Context<ServiceEnv>,
  dependencies: Dependencies,
  first: Site,
  asked: Asked,
): AsyncGenerator<string> {
  const { bodyBytes, rowBytes = bodyBytes, jsonDepth } = dependencies.limits;
  const reader = new RowReader({ bytes: rowBytes, setting: 'rowBytes', jsonDepth, idLength: LONGEST_ID });
  const pending = new PendingAnswers((judged) => keep(dependencies, c, judged));
  let site = first;
  const add = (row: CheckInput | ErrorRow) =>
    pending.add('error' in row ? row : judgeRow(c, dependencies, site, row, asked));
  for await (const chunk of chunksOf(c.req.raw.body, dependencies.longStream)) {
    site = await siteOf(dependencies, c);
    for (const row of reader.push(chunk)) {
      add(row);
      if (pending.size >= FLUSH_UNITS) yield await pending.take();
    }
    if (pending.size > 0) yield await pending.take();
  }
  for (const row of reader.end()) add(row);
  if (pending.size > 0) yield await pending.take();
}

function judgeRow(
  c: Context<ServiceEnv>,
  dependencies: Dependencies,
  site: Site,
  row: CheckInput,
  asked: Asked,
): Judged | ErrorRow {
  try {
    return judgeSent(dependencies, site, row, asked);
  } catch (error) {
    if (error instanceof ProblemError) return failed(row.id ?? '', error.kind, error.message);
    dependencies.report?.(error, c.get('requestId'));
    return failed(row.id ?? '', 'internal-error', 'the row could not be judged; the fault is ours');
  }
}

/** Answers that wait for their verdicts to be kept: no answer leaves before. */
class PendingAnswers {
  readonly #keep: (judged: readonly Judged[]) => Promise<void>;
  #judged: Judged[] = [];
  #text = '';

  constructor(keep: (judged: readonly Judged[]) => Promise<void>) {
    this.#keep = keep;
  }

  get size(): number {
    return this.#text.length;
  }

  add(row: Judged | ErrorRow): void {
    if (!('error' in row)) this.#judged.push(row);
    this.#text += `${JSON.stringify('error' in row ? row : row.answer)}\n`;
  }

  async take(): Promise<string> {
    const text = this.#text;
    await this.#keep(this.#judged);
    this.#judged = [];
    this.#text = '';
    return text;
  }
}

/** The chunks of a body; where nobody wants more of them, the rest is refused. Tells of a long body, and of its end. */
async function* chunksOf(
  body: ReadableStream<Uint8Array> | null,
  longStream: Dependencies['longStream'],
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  let bytes = 0;
  let over: (() => void) | undefined;
  let ended = false;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes += part.value.length;
      if (bytes >= LONG_STREAM) over ??= longStream?.();
      yield part.value;
    }
    ended = true;
  } finally {
    over?.();
    // A body that was read to its end must not be cancelled: on some runtimes that ends the connection.
    if (!ended) reader.cancel().catch(() => {});
  }
}

/** Pulls: the generator runs only as far as somebody reads, and one answer further. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await texts.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: async () => void (await texts.return(undefined)),
    },
    // One answer ahead of its reader; with none ahead, workerd loses the connection before the first is asked for.
    { highWaterMark: 1 },
  );
}
