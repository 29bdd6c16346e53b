import { Hono, type Context } from 'hono';
import { TEXT_FORMATS, writeSamples, type TextFormat } from '../samples/formats/sample-formats.ts';
import type { NewSample } from '../samples/sample.ts';
import type { Addition, SampleRecord, Store } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import { checkUncompressed, readBytes } from './body.ts';
import type { StoreDependencies } from './dependencies.ts';
import { readQuery } from './parse-body.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import type { SampleDesk } from './sample-desk.ts';

const schemas = () => import('./schemas-samples.ts');

const PAGE = 1000;
/** Faulty rows that an answer names. */
const MOST_NAMED = 100;

/** `/v1/samples/import` and `/v1/samples/export`: many labels at once, in the formats of other programs. */
export function sampleTransferResource(dependencies: StoreDependencies, desk: SampleDesk) {
  return new Hono<ServiceEnv>()
    .post('/v1/samples/import', async (c) => {
      const { format, author = tenantOf(c).keyId, site } = readQuery(c, (await schemas()).importQuery);
      const text = await readText(c, dependencies);
      const defaults = { author, origin: 'import' as const, ...(site === undefined ? {} : { site }) };
      const { samples, errors } = await collect(format, text, defaults);
      // A row may say who labelled it, not that it was labelled here by a person.
      const imported = samples.map((sample) => ({ ...sample, origin: 'import' as const }));
      const additions = await desk.add(tenantOf(c).tenant, imported);
      return c.json({ ...countsOf(additions), errors: errors.slice(0, MOST_NAMED), faulty: errors.length });
    })
    .get('/v1/samples/export', async (c) => {
      const { format } = readQuery(c, (await schemas()).exportQuery);
      const { tenant } = tenantOf(c);
      const body = streamOf(writeSamples(TEXT_FORMATS[format], learned(dependencies.store, tenant)));
      const type = `${TEXT_FORMATS[format].mediaType}; charset=utf-8`;
      return c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
    });
}

export interface RowFault {
  readonly place: string;
  readonly detail: string;
}

/** The samples of a text in a format, and the rows that are none. */
export async function collect(
  format: TextFormat,
  text: string | AsyncIterable<string>,
  defaults: Partial<NewSample>,
  source = 'the body',
): Promise<{ samples: NewSample[]; errors: RowFault[] }> {
  const samples: NewSample[] = [];
  const errors: RowFault[] = [];
  for await (const row of TEXT_FORMATS[format].read(text, { source, defaults })) {
    if ('error' in row) errors.push(row.error);
    else samples.push(row);
  }
  return { samples, errors };
}

export function countsOf(additions: readonly Addition[]): { added: number; duplicates: number; conflicts: number } {
  const count = (wanted: Addition['outcome']): number =>
    additions.reduce((sum, { outcome }) => sum + (outcome === wanted ? 1 : 0), 0);
  return { added: count('added'), duplicates: count('duplicate'), conflicts: count('conflict') };
}

/** Everything that is learned, by id, in pages. */
export async function* learned(store: Store, tenant: string): AsyncGenerator<NewSample> {
  let after = '';
  for (;;) {
    const page: SampleRecord[] = await store.samples.learned(tenant, after, PAGE);
    for (const sample of page) yield { ...sample, category: sample.category as NewSample['category'], span: null };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}

async function readText(c: Context<ServiceEnv>, { limits }: StoreDependencies): Promise<string> {
  checkUncompressed(c.req.raw.headers);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(await readBytes(c.req.raw, limits));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('invalid-utf8', 'the body is not UTF-8; convert the file before it is sent');
  }
}

function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}
