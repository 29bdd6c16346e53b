#!/usr/bin/env node
import { keepCompiled } from './compile-cache.ts';
import { restartWithHeapFlags } from './heap-flags.ts';

keepCompiled();
restartWithHeapFlags();

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const { run } = await import('./cli.ts');
const code = await run(process.argv.slice(2));
// The channel to its primary would keep a worker alive that could not start.
if (code !== 0 && process.connected) process.exit(code);
process.exitCode = code;
