import { FetchFailure } from '../../../audit/web/fetch-failure.ts';

const TRANSIENT = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
]);

/** What a socket, a name server or a decompressor threw, as a FetchFailure. */
export function fetchFailure(error: unknown, url: URL): FetchFailure {
  if (error instanceof FetchFailure) return error;
  const { code = '', message, cause } = error as NodeJS.ErrnoException;
  if (cause instanceof FetchFailure) return cause;
  const said = `${url.href}: ${message || code}`;
  if (code === 'ENOTFOUND') return new FetchFailure('no-such-host', said);
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_') || code.startsWith('ERR_BROTLI'))
    return new FetchFailure('broken-encoding', said);
  if (code.startsWith('HPE_')) return new FetchFailure('broken-answer', said);
  if (/CERT|SELF_SIGNED|TLS|SSL/.test(code)) return new FetchFailure('certificate', said);
  return new FetchFailure('network', said, TRANSIENT.has(code));
}
