/** What Node adds to the library: the base model from its files, encodings, streams, the server. */
export { loadBaseSieve } from './base-sieve.ts';
export { decodeBytes } from './charset.ts';
export { checkStream } from './ndjson.ts';
export { startServer } from './server.ts';
export * from '../index.ts';
