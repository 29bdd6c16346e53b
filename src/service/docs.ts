import { Hono } from 'hono';
import { ProblemError, type ServiceEnv } from './problem.ts';

/** Gives a file of the swagger-ui-dist package by its name, `null` where it is not there. */
export type DocsFiles = (name: DocsFile) => Promise<Uint8Array<ArrayBuffer> | null>;
export type DocsFile = keyof typeof TYPES;

/** What of the package is served; nothing else is. */
const TYPES = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const;

/**
 * The page may load its own files and ask this service. Styles in the markup are allowed here and nowhere else: the package sets them
 * at a hundred places, and they run nothing.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>linesieve: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
`;

// Without `validatorUrl: null` the page would ask a service elsewhere whether the document is valid.
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });
`;

/** `/docs`: the OpenAPI document to read and to try, from local files; asks nobody but this service. */
export function docsResource(files: DocsFiles) {
  const headers = (type: string) => ({ 'Content-Type': type, 'Cache-Control': 'no-cache' });
  const resource = new Hono<ServiceEnv>()
    .get('/docs', (c) =>
      c.body(PAGE, 200, { ...headers('text/html; charset=utf-8'), 'Content-Security-Policy': POLICY }),
    )
    .get('/docs/start.js', (c) => c.body(START, 200, headers('text/javascript; charset=utf-8')));
  for (const [name, type] of Object.entries(TYPES)) {
    resource.get(`/docs/${name}`, async (c) => {
      const file = await files(name as DocsFile);
      if (file === null) throw new ProblemError('not-found', `${name} of swagger-ui-dist is not installed here`);
      return c.body(file, 200, headers(type));
    });
  }
  return resource;
}
