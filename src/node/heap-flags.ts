type Started = Pick<NodeJS.Process, 'execArgv' | 'env' | 'platform'> & { readonly send?: unknown };

/** By purpose. V8 takes them at the start of a process only. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  // V8's helpers have the priority of the process. With four of them the garbage of a build, which itself steps back, took the place of
  // requests on two cores: p99 3.2 times what it is alone, with one 2.0.
  // What 32 requests hold that wait for their log entries is 1.7 MB: of 4 MB for young objects half survived each collection, and a third of the CPU time
  // of a logged check was collecting. While long streams run `frugal-heap.ts` sees to the memory.
  'serve kept': ['--max-semi-space-size=8', '--v8-pool-size=1'],
  // Where nothing waits for a log, as many checks a second with 2 MB, and a long batch stream holds 129 to 141 MB instead of 149 to 156.
  serve: ['--max-semi-space-size=2', '--v8-pool-size=1'],
  // Garbage is looked for when a heap has grown by three fifths, not fourfold: a gigabyte of rows on two threads takes 280 to 290 MB at the most. With
  // young spaces of 4 MB and heaps that grow by a third it took 30 MB less and 7 % more time.
  audit: ['--max-semi-space-size=8', '--heap-growing-percent=60'],
};

/** What a process is for by its arguments and environment: a command, or a service that may keep what it decides. */
export function purposeOf(args: readonly string[], env: NodeJS.ProcessEnv): string {
  const [command = ''] = args;
  const named = args.some((one) => /^--(?:data|config)(?:=|$)/.test(one));
  const keeps = named || isSet(env['LINESIEVE_DATA']) || isSet(env['LINESIEVE_CONFIG']);
  return command === 'serve' && keeps ? 'serve kept' : command;
}

/** As `config.ts` reads variables: an empty one counts as not set. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** What a process is started with. */
export function heapFlags(purpose: string): readonly string[] {
  return Object.hasOwn(FLAGS, purpose) ? FLAGS[purpose] : [];
}

/** What a process would be started anew with: nothing on Windows, nor while its parent speaks to it. A flag that was given, with any value, stays. */
export function missingFlags(purpose: string, { execArgv, env, platform, send }: Started): readonly string[] {
  if (platform === 'win32' || send !== undefined) return [];
  const given = new Set([...execArgv, ...(env['NODE_OPTIONS'] ?? '').split(/\s+/)].map(nameOf));
  return heapFlags(purpose).filter((flag) => !given.has(nameOf(flag)));
}

/** V8 knows its flags with underscores too. */
function nameOf(flag: string): string {
  return flag.split('=')[0].replaceAll('_', '-');
}

/**
 * Starts this program anew with the flags of its purpose, as the same process: who watches it sees none of it. Its own workers inherit them. Does nothing
 * where they were given, however it was started (`npm start`, the image, `npx`, a unit).
 */
export function restartWithHeapFlags(): void {
  const missing = missingFlags(purposeOf(process.argv.slice(2), process.env), process);
  if (missing.length === 0) return;
  const { execPath, execArgv, argv, env } = process;
  process.execve?.(execPath, [execPath, ...missing, ...execArgv, ...argv.slice(1)], env);
}
