import crypto from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import S3rver from 's3rver';
import { openSources } from '../../../../src/node/audit/open-sources.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER', AWS_REGION: 'us-east-1' };
/** More than ListObjectsV2 gives at once. */
const MANY = 1003;
let server: InstanceType<typeof S3rver>;
let endpoint = '';
const folder = mkdtempSync(join(tmpdir(), 'linesieve-s3-'));

/** The server's tokens of further pages want DES, which OpenSSL 3 has only as triple DES: with one key three times it is the same. */
function lendDes(): void {
  const { createCipheriv, createDecipheriv } = crypto;
  const thrice = (key: unknown): Buffer => Buffer.concat(Array<Buffer>(3).fill(key as Buffer));
  vi.spyOn(crypto, 'createCipheriv').mockImplementation(((_: string, key: Buffer, iv: Buffer) =>
    createCipheriv('des-ede3-cbc', thrice(key), iv)) as never);
  vi.spyOn(crypto, 'createDecipheriv').mockImplementation(((_: string, key: Buffer, iv: Buffer) =>
    createDecipheriv('des-ede3-cbc', thrice(key), iv)) as never);
}

beforeAll(async () => {
  lendDes();
  for (const [name, value] of Object.entries(KEYS)) vi.stubEnv(name, value);
  server = new S3rver({ port: 0, silent: true, directory: folder, configureBuckets: [{ name: 'site', configs: [] }] });
  const address = (await server.run()) as { port: number };
  endpoint = `http://127.0.0.1:${address.port}`;
  const client = new AwsClient({
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    region: 'us-east-1',
    service: 's3',
  });
  const put = async (key: string, body: string | Uint8Array): Promise<void> => {
    const path = key.split('/').map(encodeURIComponent).join('/');
    const answer = await client.fetch(`${endpoint}/site/${path}`, { method: 'PUT', body: body as BodyInit });
    if (!answer.ok) throw new Error(`${key}: ${answer.status}`);
  };
  await put('pages/ä b+c&d.html', '<p>one</p>');
  await put('pages/rows.ndjson.gz', gzipSync('{"text":"two"}\n'));
  await put('pages/picture.png', 'no');
  for (let i = 0; i < MANY; i += 50) {
    const names = Array.from({ length: Math.min(50, MANY - i) }, (_, k) => `many/${i + k}.txt`);
    await Promise.all(names.map((name) => put(name, name)));
  }
}, 60_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function read(name: string, at = endpoint) {
  return Array.fromAsync(openSources([name], { text: [], endpoint: at }));
}

const textOf = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content);

describe('an S3 bucket', () => {
  it('gives documents and exports by their names, and passes others over', async () => {
    const items = await read('s3:site/pages/');
    const seen = items.map((item) =>
      item.kind === 'document' ? [item.place.source, textOf(item.content)] : item.code,
    );
    expect(seen).toHaveLength(2);
    expect(seen).toContainEqual(['s3:site/pages/ä b+c&d.html', '<p>one</p>']);
    expect(seen).toContainEqual(['s3:site/pages/rows.ndjson.gz', 'two']);
  });

  it('is listed to its last page, each object once', async () => {
    const items = await read('s3:site/many/');
    const texts = items.map((item) => (item.kind === 'document' ? textOf(item.content) : item.code));
    expect(new Set(texts).size).toBe(MANY);
    expect(texts).toHaveLength(MANY);
  });

  it('reports a bucket that is not there and a service that does not answer', async () => {
    const [notice] = await read('s3:nothing/x');
    expect(notice.kind === 'error' && notice.detail).toMatch(/404 NoSuchBucket.*look at the bucket/);
    const [silent] = await read('s3:site/', 'http://127.0.0.1:1');
    expect(silent).toMatchObject({ kind: 'error', code: 'unlisted' });
  });

  it('asks for a bucket, credentials and an address before it reads', () => {
    expect(() => openSources(['s3:/x'])).toThrow(/name a bucket/);
    expect(() => openSources(['s3:site'], { text: [], endpoint: 'r2' })).toThrow(/--endpoint r2: no HTTP address/);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    expect(() => openSources(['s3:site'])).toThrow(/set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEYS.AWS_SECRET_ACCESS_KEY);
  });
});
