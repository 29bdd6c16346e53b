import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type * as warc from '../../src/audit/sources/warc.ts';
import type { SourceItem } from '../../src/audit/source.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { bundleForEdge, type Bundle } from './bundle.ts';

/** Model, rules and all of the code as they are uploaded; model and rules alone may have 700 kB. */
const LIMIT = 620_000;

const stdin = (contents: string) => ({ stdin: { contents, resolveDir: 'tests/bundle', loader: 'ts' as const } });

describe('the bundle of src/worker.ts', () => {
  it('has an entry', () => {
    expect(existsSync('src/worker.ts')).toBe(true);
  });

  it('needs nothing of Node, leaves no import open and holds the model within the limit', async () => {
    const bundle = await bundleForEdge({ entryPoints: ['src/worker.ts'] });
    expect(bundle.complaints).toEqual([]);
    expect(bundle.inputs).toContain('models/base/model.bin');
    expect(bundle.inputs.filter((path) => path.startsWith('src/node/'))).toEqual([]);
    expect(bundle.gzipped).toBeLessThanOrEqual(LIMIT);
  });

  it('is loaded in pieces: builds, audits and descriptions of the service when they are asked for', async () => {
    const { inputs, first } = await bundleForEdge({ entryPoints: ['src/worker.ts'] });
    const later = [
      'service/audit-jobs.ts',
      'service/training-jobs.ts',
      'service/edge-upkeep.ts',
      'service/openapi-document.ts',
    ];
    for (const path of later.map((name) => `src/${name}`)) {
      expect(inputs).toContain(path);
      expect(first).not.toContain(path);
    }
    expect(first).toEqual(expect.arrayContaining(['src/worker.ts', 'src/sieve.ts', 'src/service/check.ts']));
    expect(first.filter((path) => /node_modules\/(?:warcio|pako|robots-parser)\//.test(path))).toEqual([]);
  });
});

describe('the rules', () => {
  it('are those of the source, as a text of JSON', async () => {
    const bundle = await bundleForEdge(stdin("export { builtinRules } from '../../src/rules/sets/index.ts';"));
    expect(bundle.inputs.filter((path) => path.startsWith('src/'))).toEqual(['src/rules/sets/index.ts']);
    expect(await run(bundle)).toEqual({ builtinRules });
  });
});

describe('an archive', () => {
  it('is read at the edge, gzipped by member, by what inflates alone', async () => {
    const bundle = await bundleForEdge(stdin("export { warcSource } from '../../src/audit/sources/warc.ts';"));
    expect(bundle.complaints).toEqual([]);
    expect(bundle.inputs).toContain('node_modules/pako/lib/zlib/inflate.js');
    expect(bundle.inputs).not.toContain('node_modules/pako/lib/zlib/deflate.js');
    const { warcSource } = (await run(bundle)) as typeof warc;
    const bytes = Buffer.concat(
      ['The library opens at nine.', 'It closes at six.'].map((text) => gzipSync(record(text))),
    );
    const items: SourceItem[] = [];
    for await (const item of warcSource('pages', (offset) => streamOf(bytes.subarray(offset)))) items.push(item);
    expect(items).toMatchObject([
      { kind: 'document', content: utf8('The library opens at nine.') },
      { kind: 'document', content: utf8('It closes at six.') },
    ]);
  });
});

/** Loads a bundle of a single module. */
async function run({ text }: Bundle): Promise<unknown> {
  const encoded = Buffer.from(text).toString('base64');
  return { ...(await import(/* @vite-ignore */ `data:text/javascript;base64,${encoded}`)) };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A record of a text. */
function record(text: string): string {
  const head = ['WARC/1.0', 'WARC-Type: conversion', 'WARC-Date: 2026-01-01T00:00:00Z', 'Content-Type: text/plain'];
  return [...head, `Content-Length: ${text.length}`, '', text, '', ''].join('\r\n');
}

async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 100) yield bytes.subarray(from, from + 100);
}

describe('the bundler of this test', () => {
  it.each([
    ["import { readFileSync } from 'node:fs'; export default readFileSync;"],
    ["import fs from 'fs'; export default fs;"],
    ["export default await import('node:crypto');"],
    ["import x from './nowhere.ts'; export default x;"],
    ["import x from 'https://example.com/x.js'; export default x;"],
  ])('complains about %j', async (contents) => {
    expect((await bundleForEdge(stdin(contents))).complaints.length).toBeGreaterThan(0);
  });

  it('counts a data module with its bytes and has nothing against it or against cloudflare:', async () => {
    const source = "import bytes from '../edge/bytes.bin'; import 'cloudflare:workers'; export default bytes;";
    const bundle = await bundleForEdge(stdin(source));
    expect(bundle.complaints).toEqual([]);
    expect(bundle.inputs).toContain('tests/edge/bytes.bin');
    expect(bundle.gzipped).toBeGreaterThan((await bundleForEdge(stdin("import 'cloudflare:workers';"))).gzipped);
  });
});
