import { startServer } from '../../src/node/server.ts';
import { fakeSieve } from '../service/fake-sieve.ts';

/** A server on a free port whose sieve takes half a second each time; prints its address. */
const sieve = () => new Promise<typeof fakeSieve>((resolve) => setTimeout(() => resolve(fakeSieve), 500));
const { url } = await startServer({ port: 0, host: '127.0.0.1', sieve, version: '0.0.0' });
process.stdout.write(`${url}\n`);
