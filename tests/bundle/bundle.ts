import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';

export interface Bundle {
  /** What would not run at the edge: unresolved imports, `node:` imports, imports left for somebody else to fill. */
  readonly complaints: readonly string[];
  /** Bytes of all modules, each gzipped, the model among them: what the platform's size limit counts. */
  readonly gzipped: number;
  /** Paths of the files that went in, from the root of the repository. */
  readonly inputs: readonly string[];
}

/** Bundles as wrangler does (its conditions, main fields and platform, not minified): nothing of Node is there. */
export async function bundleForEdge(input: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<Bundle> {
  const result = await build({
    ...input,
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'out',
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    mainFields: ['browser', 'module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.bin': 'copy', '.wasm': 'copy' },
    external: ['cloudflare:*'],
    logLevel: 'silent',
  }).catch((error: { errors: { text: string }[] }) => error.errors.map(({ text }) => text));
  if (Array.isArray(result)) return { complaints: result, gzipped: 0, inputs: [] };
  const emitted = new Set(Object.keys(result.metafile.outputs));
  const left = Object.values(result.metafile.outputs).flatMap(({ imports }) => imports);
  return {
    complaints: left.map(({ path }) => path).filter((path) => !emitted.has(path) && !path.startsWith('cloudflare:')),
    gzipped: result.outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0),
    inputs: Object.keys(result.metafile.inputs),
  };
}
