import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('the thread that writes loads neither engine nor service: each costs it megabytes and milliseconds', async () => {
  const { metafile } = await build({
    entryPoints: ['src/node/sqlite-writer-thread.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    metafile: true,
  });
  const folders = new Set(Object.keys(metafile.inputs).map((path) => path.split('/', 2).join('/')));
  expect([...folders].sort()).toEqual(['src/node', 'src/store']);
});
