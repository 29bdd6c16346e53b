import { Hono } from 'hono';
import type { Page } from './dependencies.ts';
import type { ServiceEnv } from './problem.ts';

/** The page may load its own script and style and ask this service, nothing else. The icon is a `data:` address. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page at `/` with `/console.css` and `/console.js`; asked for anew each time, they belong to one release. */
export function pageResource(page: Page) {
  const headers = (type: string) => ({ 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache' });
  return new Hono<ServiceEnv>()
    .get('/', (c) => c.body(page.html, 200, { ...headers('text/html'), 'Content-Security-Policy': POLICY }))
    .get('/console.css', (c) => c.body(page.style, 200, headers('text/css')))
    .get('/console.js', (c) => c.body(page.script, 200, headers('text/javascript')));
}
