import { AwsClient } from 'aws4fetch';
import { Parser } from 'htmlparser2';
import { failure } from '../../audit/source.ts';
import { UserFailure } from '../failure.ts';
import type { WorkItem } from './work-item.ts';

export interface S3Options {
  /** Address of the service; path-style. Without one: `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, then Amazon's of the region. */
  readonly endpoint?: string;
}

/** An object of a bucket as a source is made of it. */
export interface S3Object {
  /** `s3:bucket/key` */
  readonly name: string;
  readonly key: string;
  readonly lastModified?: string;
  /** The bytes from an offset on. Throws an Error that names the object. */
  open(start?: number): AsyncIterable<Uint8Array>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Tries of a request that the service could not answer, the first included; waits grow from 50 ms. */
const RETRIES = 3;

/**
 * The objects under `bucket/prefix`, listed page by page in the order of their keys, each read by `read`. The names of an S3 API are
 * Amazon's; R2, MinIO and others speak it too. Throws a UserFailure where the address or the credentials are missing.
 */
export function s3Source(
  location: string,
  options: S3Options,
  read: (object: S3Object) => AsyncIterable<WorkItem>,
  environment: Environment = process.env,
): AsyncIterable<WorkItem> {
  return readBucket(bucketOf(location, options, environment), read);
}

interface Bucket {
  readonly client: AwsClient;
  readonly address: string;
  readonly name: string;
  readonly prefix: string;
}

function bucketOf(location: string, { endpoint }: S3Options, environment: Environment): Bucket {
  const [, name = '', prefix = ''] = /^([^/]+)\/?(.*)$/s.exec(location) ?? [];
  if (name === '') throw new UserFailure(`s3:${location}: name a bucket, as in s3:bucket/prefix`);
  const accessKeyId = environment.AWS_ACCESS_KEY_ID;
  const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY;
  if (!accessKeyId || !secretAccessKey) {
    throw new UserFailure(
      `s3:${location}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a key that may list and read`,
    );
  }
  const region =
    environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? (endpoint === undefined ? 'us-east-1' : 'auto');
  const given = endpoint ?? environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL;
  const address = (given ?? `https://s3.${region}.amazonaws.com`).replace(/\/+$/, '');
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new UserFailure(
      `--endpoint ${address}: no HTTP address; give one such as https://<account>.r2.cloudflarestorage.com`,
    );
  }
  const sessionToken = environment.AWS_SESSION_TOKEN;
  const token = sessionToken === undefined ? {} : { sessionToken };
  const client = new AwsClient({ accessKeyId, secretAccessKey, ...token, region, service: 's3', retries: RETRIES });
  return { client, address: `${address}/${encodeURIComponent(name)}`, name, prefix };
}

async function* readBucket(
  bucket: Bucket,
  read: (object: S3Object) => AsyncIterable<WorkItem>,
): AsyncGenerator<WorkItem> {
  const source = `s3:${bucket.name}/${bucket.prefix}`;
  let continuation: string | null = null;
  do {
    let page: Page;
    try {
      page = await listPage(bucket, continuation);
    } catch (error) {
      yield failure({ source }, 'unlisted', `${source}: ${reasonOf(error)}`);
      return;
    }
    for (const entry of page.objects) {
      const object = objectOf(bucket, entry);
      try {
        yield* read(object);
      } catch (error) {
        yield failure({ source: object.name }, 'unreadable', `${object.name}: ${reasonOf(error)}`);
      }
    }
    continuation = page.next;
  } while (continuation !== null);
}

interface Page {
  readonly objects: readonly { readonly key: string; readonly lastModified?: string }[];
  readonly next: string | null;
}

async function listPage({ client, address, prefix }: Bucket, continuation: string | null): Promise<Page> {
  const query = new URLSearchParams({ 'list-type': '2', prefix });
  if (continuation !== null) query.set('continuation-token', continuation);
  const answer = await client.fetch(`${address}?${query}`);
  const xml = await answer.text();
  if (!answer.ok) throw new Error(refusal(answer.status, xml));
  return pageOf(xml);
}

function pageOf(xml: string): Page {
  const objects: { key: string; lastModified?: string }[] = [];
  let next: string | null = null;
  const path: string[] = [];
  let text = '';
  const parser = new Parser(
    {
      onopentag: (name) => {
        path.push(name);
        text = '';
      },
      ontext: (part) => (text += part),
      onclosetag: (name) => {
        path.pop();
        if (name === 'Key' && path.at(-1) === 'Contents') objects.push({ key: text });
        else if (name === 'LastModified' && path.at(-1) === 'Contents') objects[objects.length - 1].lastModified = text;
        else if (name === 'NextContinuationToken') next = text;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return { objects: objects.filter(({ key }) => !key.endsWith('/')), next };
}

function objectOf({ client, address, name }: Bucket, entry: Page['objects'][number]): S3Object {
  const url = `${address}/${entry.key.split('/').map(encodeURIComponent).join('/')}`;
  async function* open(start = 0): AsyncGenerator<Uint8Array> {
    const answer = await client.fetch(url, start === 0 ? {} : { headers: { range: `bytes=${start}-` } });
    if (answer.status === 416) return;
    if (!answer.ok) throw new Error(refusal(answer.status, await answer.text()));
    if (start > 0 && answer.status !== 206) throw new Error('the service gives no ranges; download the file first');
    if (answer.body !== null) yield* answer.body as unknown as AsyncIterable<Uint8Array>;
  }
  return { ...entry, name: `s3:${name}/${entry.key}`, open };
}

function refusal(status: number, xml: string): string {
  const part = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  const told = [part('Code'), part('Message')].filter((each) => each !== '').join(': ');
  return `the service answered ${status}${told === '' ? '' : ` ${told}`}; look at the bucket, the key and --endpoint`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
