/**
 * Builds the package into `dist/`: one JavaScript file and one declaration per source file, so that relative paths
 * (`../models/…`) and `import.meta.url` mean the same in `dist/` as in `src/`.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Leaves every import in place, with `.js` for `.ts`: esbuild renames specifiers only while it bundles. */
const keepImports: Plugin = {
  name: 'keep-imports',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'entry-point' ? null : { path: path.replace(/^(\..*)\.ts$/, '$1.js'), external: true },
    );
  },
};

rmSync(`${root}/dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: globSync('src/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.d.ts')),
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2024',
  supported: { 'import-attributes': true },
  charset: 'utf8',
  plugins: [keepImports],
  logLevel: 'warning',
});
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

for (const path of ['verdict/first-stage.wasm', 'rules/builtin.bin'])
  copyFileSync(`${root}/src/${path}`, `${root}/dist/${path}`);
mkdirSync(`${root}/dist/swagger-ui`, { recursive: true });
for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
  copyFileSync(`${root}/node_modules/swagger-ui-dist/${name}`, `${root}/dist/swagger-ui/${name}`);
}
