/** A page of an archive. */
export interface ArchivedPage {
  readonly address: string;
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** A WARC file, each record a gzip member of its own. */
export async function archiveOf(pages: readonly ArchivedPage[]): Promise<Uint8Array<ArrayBuffer>> {
  const members = await Promise.all(pages.map(async (page) => await gzipped(recordOf(page))));
  return new Uint8Array(await new Blob(members).arrayBuffer());
}

function recordOf({ address, body, contentType }: ArchivedPage): Blob {
  const http = `HTTP/1.1 200 OK\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const head = [
    'WARC/1.0',
    'WARC-Type: response',
    `WARC-Target-URI: ${address}`,
    'WARC-Date: 2026-10-01T00:00:00Z',
    'Content-Type: application/http; msgtype=response',
    `Content-Length: ${http.length + body.length}`,
  ];
  return new Blob([`${head.join('\r\n')}\r\n\r\n${http}`, body as Uint8Array<ArrayBuffer>, '\r\n\r\n']);
}

async function gzipped(record: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const stream = record.stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
