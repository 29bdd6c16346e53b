import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, normalize } from 'node:path';
import { DEFAULT_ORIGIN } from './build.ts';

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', xml: 'application/xml', txt: 'text/plain' };

/** A server of the files below a folder, not listening yet. `onRequest` is told of each request as it comes. */
export function siteServer(folder: string, onRequest: (path: string) => void = () => undefined): Server {
  return createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname);
    onRequest(path);
    answer(join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path)), request, response);
  });
}

/** HTML goes out without a charset, so that a reader has to look into the page; an ETag lets it ask again. */
function answer(file: string, request: IncomingMessage, response: ServerResponse): void {
  if (!existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('there is no such page\n');
    return;
  }
  const bytes = readFileSync(file);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`;
  const type = TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { 'content-type': type, etag }).end(bytes);
}

if (import.meta.main) {
  const [folder, port = new URL(DEFAULT_ORIGIN).port] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write('usage: node examples/site/serve.ts FOLDER [PORT]\n');
    process.exit(2);
  }
  const server = siteServer(join(folder, 'public'));
  server.listen(Number(port), '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}/\n`));
}
