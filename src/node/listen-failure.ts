import { once } from 'node:events';
import { createServer, isIPv6 } from 'node:net';
import { UserFailure } from './failure.ts';

export interface ListenAddress {
  readonly port: number;
  readonly host: string;
}

const FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already; end it, or give another --port',
  EACCES: 'this user may not listen on this port; give a --port from 1024 on',
  EADDRNOTAVAIL: 'this machine has no such address; give --host one that it has, or 0.0.0.0 for all of them',
  ENOTFOUND: 'there is no such host; give --host an address of this machine, as 127.0.0.1',
  EAI_AGAIN: 'the name of the host cannot be resolved now; give --host an address of this machine, as 127.0.0.1',
};
const CALLS = new Set(['listen', 'bind', 'getaddrinfo']);

/** Why a server cannot listen, with the remedy; any other error stays as it is. */
export function listenFailure(error: unknown, { port, host }: ListenAddress): unknown {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
  if (!CALLS.has(String(error.syscall))) return error;
  const reason = FAULTS[String(error.code)] ?? `nothing can listen there (${error.message}); give another --host`;
  return new UserFailure(`${isIPv6(host) ? `[${host}]` : host}:${port}: ${reason}`);
}

/** Listens for a moment. Throws a `UserFailure` where that cannot be: said once, before there are workers that would each say it. */
export async function tryListening({ port, host }: ListenAddress): Promise<void> {
  const server = createServer();
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    throw listenFailure(error, { port, host });
  }
  await new Promise((resolve) => server.close(resolve));
}
