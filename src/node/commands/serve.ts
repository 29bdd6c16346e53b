import { VERSION } from '../../sieve.ts';
import { loadBaseSieve } from '../base-sieve.ts';
import { EXIT, UserFailure } from '../failure.ts';
import { startServer } from '../server.ts';

/** A cause that the client does not get to see, as one line of JSON; it holds no text of a document. */
function report(error: unknown, requestId: string): void {
  process.stderr.write(
    `${JSON.stringify({ requestId, error: error instanceof Error ? error.stack : String(error) })}\n`,
  );
}

/** `linesieve serve`: runs until it is told to stop; requests in flight are finished. */
export async function serve(flags: { readonly port: string; readonly host: string }): Promise<number> {
  const port = Number(flags.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new UserFailure(`--port must be a whole number from 0 to 65535, not ${flags.port}`);
  }
  const sieve = await loadBaseSieve();
  const server = await startServer({ port, host: flags.host, sieve: () => sieve, version: VERSION, report });
  process.stdout.write(`linesieve ${VERSION} on ${server.url}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  await server.close();
  return EXIT.clean;
}
