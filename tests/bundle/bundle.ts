import { gzipSync } from 'node:zlib';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { EDGE_OPTIONS } from '../../scripts/edge-bundle.ts';

export interface Bundle {
  /** The text of the entry, for a bundle of a single module. */
  readonly text: string;
  /** What would not run at the edge: unresolved imports, `node:` imports, imports left for somebody else to fill. */
  readonly complaints: readonly string[];
  /** Bytes of all modules, each gzipped, the model among them: what the platform's size limit counts. */
  readonly gzipped: number;
  /** Paths of the files that went in, from the root of the repository. */
  readonly inputs: readonly string[];
  /** Those of them that an isolate compiles before its first answer. */
  readonly first: readonly string[];
}

/** Bundles as `scripts/edge-bundle.ts` does: nothing of Node is there. */
export async function bundleForEdge(input: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<Bundle> {
  const result = await build({
    ...EDGE_OPTIONS,
    ...input,
    write: false,
    metafile: true,
    outdir: 'out',
    logLevel: 'silent',
  }).catch((error: { errors: { text: string }[] }) => error.errors.map(({ text }) => text));
  if (Array.isArray(result)) return { text: '', complaints: result, gzipped: 0, inputs: [], first: [] };
  const { outputs, inputs } = result.metafile;
  const left = Object.values(outputs).flatMap(({ imports }) => imports);
  return {
    text: result.outputFiles[0]?.text ?? '',
    complaints: left
      .map(({ path }) => path)
      .filter((path) => outputs[path] === undefined && !path.startsWith('cloudflare:')),
    gzipped: result.outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0),
    inputs: Object.keys(inputs),
    first: firstLoaded(result.metafile),
  };
}

function firstLoaded({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).find(
    (path) => outputs[path].entryPoint !== undefined && !isLoadedLater(path, outputs),
  );
  const reached = new Set(entry === undefined ? [] : [entry]);
  for (const path of reached)
    for (const { kind, path: to } of outputs[path]?.imports ?? []) if (kind === 'import-statement') reached.add(to);
  return [...reached].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
}

/** What is imported where it is needed is an entry of its own. */
function isLoadedLater(path: string, outputs: Metafile['outputs']): boolean {
  return Object.values(outputs).some(({ imports }) => imports.some((one) => one.path === path));
}
