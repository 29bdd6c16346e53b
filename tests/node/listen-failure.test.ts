import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../src/node/bin.ts', import.meta.url));

describe('serve where it cannot listen', () => {
  const others = createServer();
  afterAll(() => others.close());

  it.each([['1'], ['2']])(
    'names address, reason and remedy with %s workers',
    async (workers) => {
      if (!others.listening) await once(others.listen(0, '127.0.0.1'), 'listening');
      const { port } = others.address() as AddressInfo;
      for (const [host, used, said] of [
        ['127.0.0.1', port, 'another program listens there already; end it, or give another --port'],
        ['192.0.2.1', 0, 'this machine has no such address; give --host one that it has'],
        ['host.invalid', 0, ''],
      ] as const) {
        const args = [BIN, 'serve', '--host', host, '--port', String(used), '--workers', workers];
        const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] }, timeout: 20_000 });
        const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
        expect(stderr).toContain(`linesieve: ${host}:${used}: ${said}`);
        expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
      }
    },
    60_000,
  );
});
