import { describe, expect, it } from 'vitest';
import { docsFiles } from '../../src/node/docs-files.ts';
import { createApp } from '../../src/service/app.ts';
import { fakeSieve } from './fake-sieve.ts';

const app = createApp({ sieve: () => fakeSieve, version: '1.2.3', docs: docsFiles });

describe('/docs', () => {
  it('loads its own files only, all of which are there', async () => {
    const response = await app.request('/docs');
    const html = await response.text();
    const loads = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(loads).toEqual(['data:,', '/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/docs/start.js']);
    for (const address of loads.slice(1)) {
      const file = await app.request(address);
      expect([address, file.status]).toEqual([address, 200]);
      expect(file.headers.get('X-Content-Type-Options')).toBe('nosniff');
    }
  });

  it('asks nobody whether the document is valid', async () => {
    expect(await (await app.request('/docs/start.js')).text()).toContain('validatorUrl: null');
  });

  it('alone allows styles in markup', async () => {
    const policyOf = async (path: string) => (await app.request(path)).headers.get('Content-Security-Policy');
    expect(await policyOf('/docs')).toContain("style-src 'self' 'unsafe-inline'");
    for (const path of ['/openapi.json', '/docs/start.js', '/docs/nothing', '/healthz']) {
      expect(await policyOf(path)).toBe("default-src 'none'; frame-ancestors 'none'");
    }
    expect(await policyOf('/docs')).not.toMatch(/script-src[^;]*unsafe|https?:/);
  });

  it.each(['/docs/package.json', '/docs/../package.json', '/docs/swagger-ui.js', '/docs/__proto__'])(
    'does not serve %s',
    async (path) => {
      expect((await app.request(path)).status).toBe(404);
    },
  );

  it('is a 404 where the package is not installed, and not there without it', async () => {
    const bare = createApp({ sieve: () => fakeSieve, version: '1', docs: () => Promise.resolve(null) });
    expect((await bare.request('/docs/swagger-ui.css')).status).toBe(404);
    expect((await createApp({ sieve: () => fakeSieve, version: '1' }).request('/docs')).status).toBe(404);
  });
});
