import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** One `import` or `export … from` of a source file, types included. */
export interface ImportStatement {
  /** Path of the importing file, from the root of the repository: `src/text/fold.ts`. */
  readonly from: string;
  /** As written: `./span.ts`, `hono`, `node:fs`. */
  readonly specifier: string;
  /** Path from the root of the repository where the specifier is relative, else `null`. */
  readonly target: string | null;
  /** Loaded with the importing file: neither types alone, nor by a call of `import()`. */
  readonly eager: boolean;
}

/** Every source file, by its path from the root of the repository; ambient declarations hold no imports and are left out. */
export function sourceFiles(): string[] {
  return globSync('src/**/*.ts')
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.d.ts'))
    .sort();
}

const STATEMENT = /^\s*(?:import|export)\b(?:[^'"`;=]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g;

/** The imports of `text`, in order of their kind; statements start on a line of their own, as the formatter leaves them. */
export function importsOf(from: string, text: string): ImportStatement[] {
  return [...text.matchAll(STATEMENT), ...text.matchAll(DYNAMIC)].map(([statement, specifier = '']) => ({
    from,
    specifier,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : null,
    eager: !/^\s*(?:import|export)(?:\s+type\b|\()|^import\(/.test(statement),
  }));
}

/** The files that are loaded with one of them, itself included. */
export function loadedWith(entry: string): ReadonlySet<string> {
  const eager = readImports().filter((statement) => statement.eager);
  const loaded = new Set([entry]);
  for (const path of loaded) for (const { from, target } of eager) if (from === path && target) loaded.add(target);
  return loaded;
}

export function readImports(): ImportStatement[] {
  return sourceFiles().flatMap((path) => importsOf(path, readFileSync(path, 'utf8')));
}
