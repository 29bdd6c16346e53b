import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBaseSieve, PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { asInput, type DocumentKind } from '../src/node/documents.ts';

/** Golden documents: a folder each with `source`, what should be left of it (`cleaned`) and the injected spans (`expected.json`). */
const FOLDER = join(PACKAGE_FOLDER, 'tests', 'golden');
const KINDS: Readonly<Record<string, DocumentKind>> = { txt: 'text', html: 'html', md: 'markdown' };
const sieve = await loadBaseSieve();

describe('golden documents', () => {
  it.each(readdirSync(FOLDER))('%s', (slug) => {
    const extension = Object.keys(KINDS).find((name) => existsSync(join(FOLDER, slug, `source.${name}`))) ?? '';
    const read = (name: string): string => readFileSync(join(FOLDER, slug, name), 'utf8');
    const source = read(`source.${extension}`);
    const { verdict, spans, cleaned } = sieve.check(asInput(source, slug, KINDS[extension]), { clean: true });
    expect({ verdict, spans: spans.map(({ start, end }) => source.slice(start, end)) }).toEqual(
      JSON.parse(read('expected.json')),
    );
    expect(cleaned).toBe(read(`cleaned.${extension}`));
  });
});
