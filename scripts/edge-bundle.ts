/**
 * Bundles `src/worker.ts` for Workers into `dist/edge/`, where wrangler takes it from (`wrangler.toml`): a module for what every isolate runs, and
 * modules that are loaded when a request asks for what is in them. wrangler's own bundler makes a single one, of which an isolate compiles all
 * before its first answer.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { builtinRules } from '../src/rules/sets/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = `${root}dist/edge`;

/** The rows of the built-in rules as a text of JSON, which an isolate reads 2 ms sooner than it compiles them. */
const RULES_AS_JSON: Plugin = {
  name: 'rules-as-json',
  setup: (bundler) => {
    const contents = `export const builtinRules = JSON.parse(${JSON.stringify(JSON.stringify(builtinRules))});`;
    bundler.onLoad({ filter: /[\\/]src[\\/]rules[\\/]sets[\\/]index\.ts$/ }, () => ({ contents, loader: 'js' }));
  },
};

/** As wrangler resolves and targets: nothing of Node is there. Minified: an isolate compiles two thirds of the text. */
export const EDGE_OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2024',
  mainFields: ['browser', 'module', 'main'],
  conditions: ['workerd', 'worker', 'browser'],
  loader: { '.bin': 'copy', '.wasm': 'copy' },
  plugins: [RULES_AS_JSON],
  // Archives are read, never written: an isolate would compile what deflates each time it starts.
  alias: { pako: 'pako/lib/inflate.js' },
  external: ['cloudflare:*'],
  minify: true,
  charset: 'utf8',
} satisfies BuildOptions;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(FOLDER, { recursive: true, force: true });
  await build({
    ...EDGE_OPTIONS,
    entryPoints: { worker: 'src/worker.ts' },
    outdir: FOLDER,
    // Stack traces are mapped back.
    sourcemap: true,
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    logLevel: 'warning',
  });
}
