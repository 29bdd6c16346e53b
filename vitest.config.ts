import { join } from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

/** What tests start, threads most of all, takes what was compiled once: without it each takes the types out of its modules anew. */
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules', '.cache', 'linesieve-tests');

/** Packages that are no ES modules, and that nothing imports before it is needed: vite has to be told to bundle them. */
const COMMON_JS = { optimizer: { ssr: { enabled: true, include: ['robots-parser'] } } };

/**
 * Two runtimes: `node` runs everything but `tests/edge`, which runs inside workerd with `wrangler.toml`, and `tests/edge-queue`, which does so
 * with a consumer that fails.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/edge/**', 'tests/edge-queue/**'],
          environment: 'node',
          testTimeout: 60_000,
          // Hooks start workerd and servers, beside whatever else the machine does.
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [cloudflareTest({ main: './src/worker.ts', wrangler: { configPath: './wrangler.toml' } })],
        test: { name: 'edge', include: ['tests/edge/**/*.test.ts'], testTimeout: 60_000, deps: COMMON_JS },
      },
      {
        plugins: [
          cloudflareTest({ main: './tests/edge-queue/faulty-worker.ts', wrangler: { configPath: './wrangler.toml' } }),
        ],
        test: { name: 'edge-queue', include: ['tests/edge-queue/**/*.test.ts'], testTimeout: 60_000, deps: COMMON_JS },
      },
    ],
  },
});
