import { build, type Plugin } from 'esbuild';

/** What esbuild itself sees in a set of files. */
export interface SeenByEsbuild {
  /** `importing file → specifier` of every import that carries a value. */
  readonly imports: readonly string[];
  /** Files in which `process` or `Buffer` is the global, not a name of their own; types do not count. */
  readonly naming: readonly string[];
}

const MARK = 'linesieve_node_global';

/** Parses the files without following their imports. Half a second for the whole of `src/`. */
export async function readWithEsbuild(files: readonly string[]): Promise<SeenByEsbuild> {
  const imports: string[] = [];
  const collect: Plugin = {
    name: 'collect',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ kind, importer, path }) => {
        if (kind === 'entry-point') return null;
        imports.push(`${importer.replaceAll('\\', '/').replace(/^.*\/(?=src\/)/, '')} → ${path}`);
        return { path, external: true };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [...files],
    outbase: '.',
    outdir: 'out',
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    treeShaking: false,
    plugins: [collect],
    define: Object.fromEntries(
      ['process', 'Buffer', 'globalThis.process', 'globalThis.Buffer'].map((name) => [name, MARK]),
    ),
  });
  const named = outputFiles.filter(({ text }) => text.includes(MARK)).map(({ path }) => path.replaceAll('\\', '/'));
  return { imports, naming: named.map((path) => path.replace(/^.*\/out\//, '').replace(/\.js$/, '.ts')) };
}
