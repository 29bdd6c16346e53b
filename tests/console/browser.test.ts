import { existsSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consolePage } from '../../src/console/page.ts';
import { loadBaseSieve } from '../../src/node/base-sieve.ts';
import { openSqliteStore } from '../../src/node/sqlite-database.ts';
import { createApp, ensureFirstKey } from '../../src/service/app.ts';
import { GOLDEN } from '../service/golden.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Elsewhere than in CI the tests are skipped where there is no Chromium in the usual places. */
describe.skipIf(CHROMIUM === undefined && process.env['CI'] === undefined)('the console in Chromium', () => {
  const folder = temporaryFolder();
  const store = openSqliteStore(folder.path('console.db'));
  const servers: ReturnType<typeof serve>[] = [];
  let browser: Browser | null = null;
  const urls = { open: '', keyed: '' };
  let key = '';

  async function listen(withStore: boolean): Promise<string> {
    const sieve = await loadBaseSieve();
    const app = createApp({
      sieve: () => sieve,
      version: '1.2.3',
      page: consolePage,
      ...(withStore ? { store } : {}),
    });
    return await new Promise((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
        resolve(`http://127.0.0.1:${port}/`),
      );
      servers.push(server);
    });
  }

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: String(CHROMIUM), args: ['--no-sandbox'] });
    key = String(await ensureFirstKey(store));
    urls.open = await listen(false);
    urls.keyed = await listen(true);
  });

  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close();
    await store.close();
    folder.remove();
  });

  /** The page, and what it asked of others or complained about. */
  async function open(url: string): Promise<{ page: Page; strange: string[] }> {
    if (browser === null) throw new Error('Chromium did not start');
    const page = await (await browser.newContext()).newPage();
    const strange: string[] = [];
    page.on('request', (request) => request.url().startsWith(url) || strange.push(request.url()));
    page.on('pageerror', (error) => strange.push(String(error)));
    await page.goto(url);
    return { page, strange };
  }

  async function check(page: Page, text: string): Promise<void> {
    await page.getByLabel('Document').fill(text);
    await page.getByRole('button', { name: 'Check' }).click();
  }

  it('marks what was injected, says why, and shows the article without it', async () => {
    const { page, strange } = await open(urls.open);
    await check(page, GOLDEN.source);
    await page.getByText('clean: publishable without the marked spans').waitFor();
    expect((await page.locator('mark').allTextContents()).join('')).toContain(GOLDEN.spam.split('\n')[0].trim());
    expect((await page.getByLabel('Cleaned').inputValue()).trimEnd()).toBe(GOLDEN.article);
    expect(await page.locator('#reasons tr').count()).toBeGreaterThan(3);
    expect(strange.filter((one) => !one.startsWith('data:'))).toEqual([]);
  });

  it('shows markup of a document as text', async () => {
    const { page } = await open(urls.open);
    await check(page, '<img src=x onerror="document.title=1"><b>bold</b>');
    await page.getByText('pass: nothing found').waitFor();
    expect(await page.locator('#marked b').count()).toBe(0);
    expect(await page.title()).toBe('linesieve');
  });

  it('asks for a key where the service wants one, and remembers it for the tab', async () => {
    const { page } = await open(urls.keyed);
    expect(await page.getByLabel('Key').isVisible()).toBe(false);
    await check(page, 'The library opens at nine.');
    await page.getByLabel('Key').fill(key);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('pass: nothing found').waitFor();
    await page.reload();
    expect(await page.getByLabel('Key').inputValue()).toBe(key);
  });
});
