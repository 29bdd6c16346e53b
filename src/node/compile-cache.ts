import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Keeps what is compiled, for the next start and for threads: a start takes a quarter less time. Under the user's own folder, as others could put
 * theirs into the system's temporary one. Where it cannot be written, or `NODE_DISABLE_COMPILE_CACHE` is set, all is compiled as ever.
 */
export function keepCompiled(): void {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'linesieve');
  // Threads and workers take it from the environment.
  const kept = (process.env['NODE_COMPILE_CACHE'] ??= folder);
  enableCompileCache(kept);
}
