import { createTestHarness } from 'wrangler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/index.ts';
import { loadBaseSieve } from '../../src/node/base-sieve.ts';
import { docsFiles } from '../../src/node/docs-files.ts';
import { startServer, type RunningServer } from '../../src/node/server.ts';
import { once } from '../../src/service/app.ts';
import { GOLDEN } from './golden.ts';
import { REQUESTS, requestOf, type RequestCase } from './requests.ts';

/**
 * The worker as it is deployed (bundled by wrangler, run by workerd) beside the Node server, both with the model of the repository:
 * what they answer must be the same, field by field. Nothing is stored, so there is no expectation to go stale.
 */
const edge = createTestHarness({ workers: [{ configPath: './wrangler.toml' }] });
let node: RunningServer;
let edgeUrl: URL;

beforeAll(async () => {
  node = await startServer({
    port: 0,
    host: '127.0.0.1',
    sieve: once(loadBaseSieve),
    version: VERSION,
    docs: docsFiles,
  });
  ({ url: edgeUrl } = await edge.listen());
});
afterAll(() => Promise.all([node.close(), edge.close()]));

/** What an answer is, but for what is made up anew for each. */
async function answerOf(response: Response, one: Pick<RequestCase, 'checks'>) {
  const text = await response.text();
  const body: unknown = response.headers.get('Content-Type')?.includes('json') === true ? JSON.parse(text) : text;
  const { headers } = response;
  const named = ['Content-Type', 'Content-Security-Policy', 'X-Content-Type-Options', 'Allow', 'Cache-Control'];
  return {
    status: response.status,
    headers: Object.fromEntries(named.map((name) => [name, headers.get(name)])),
    body: typeof body === 'object' ? withoutMadeUp(body as object, one) : body,
  };
}

function withoutMadeUp(body: object, { checks }: Pick<RequestCase, 'checks'>): object {
  const { requestId: _, ...rest } = body as { requestId?: string; id?: string };
  return checks === undefined || checks.id !== undefined ? rest : { ...rest, id: 'made up' };
}

async function both(one: RequestCase) {
  const there = await answerOf(await fetch(requestOf(one, edgeUrl.href)), one);
  return { edge: there, node: await answerOf(await fetch(requestOf(one, node.url)), one) };
}

describe('workerd and Node', () => {
  it.each(REQUESTS)('answer $name alike', async (one) => {
    const answers = await both(one);
    expect(answers.edge).toEqual(answers.node);
    expect(answers.node.status === 200).toBe(one.checks !== undefined);
  });

  it.each(['/', '/console.js', '/console.css', '/healthz', '/readyz', '/openapi.json', '/docs'])(
    'serve %s alike',
    async (path) => {
      const answers = await both({ name: path, path, method: 'GET', headers: {} });
      expect(answers.edge).toEqual(answers.node);
      expect(answers.node.status).toBe(200);
    },
  );

  it('answer a stream of rows alike', async () => {
    const rows = [
      { id: 'a', text: GOLDEN.source },
      { id: 'b', text: `<p>${GOLDEN.source}</p>`, contentType: 'text/html' },
      { id: 'c', markdown: GOLDEN.source },
      { id: 'd', text: 7 },
    ].map((row) => JSON.stringify(row));
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: `${rows.join('\n')}\n{"te\n`,
    };
    const path = '/v1/check/batch?include=lines,reasons,cleaned,folded&mode=shadow&policy=strict';
    const textOf = async (url: string) => await (await fetch(new URL(path, url), init)).text();
    const answer = await textOf(node.url);
    expect(await textOf(edgeUrl.href)).toBe(answer);
    expect(answer.match(/"shadow":/g)).toHaveLength(3);
    expect(answer.match(/"error":/g)).toHaveLength(2);
  });

  it.each(['Nice article!', GOLDEN.source])("answer Akismet's clients alike: %s", async (comment_content) => {
    const body = new URLSearchParams({ blog: 'https://blog.example/', api_key: 'k', comment_content });
    const told = async (url: string) => {
      const response = await fetch(new URL('/1.1/comment-check', url), { method: 'POST', body });
      return [response.status, response.headers.get('X-akismet-pro-tip'), await response.text()];
    };
    expect(await told(edgeUrl.href)).toEqual(await told(node.url));
  });
});
