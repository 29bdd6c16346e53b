import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { campaignLines, readCampaigns } from '../../scripts/campaigns.ts';
import { folderModelFiles } from '../../src/node/model-files.ts';
import { loadBaseParts } from '../../src/node/base-parts.ts';
import { createSieve } from '../../src/index.ts';
import { createApp } from '../../src/service/app.ts';
import { TrainingJobs } from '../../src/service/training-jobs.ts';
import { nextTask } from '../../src/service/next-task.ts';
import { ModelDesk } from '../../src/service/model-desk.ts';
import { DEFAULT_LIMITS } from '../../src/service/limits.ts';
import { trainerOf } from '../../src/service/trainer.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { problemOf, storeApp } from './store-app.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const parts = await loadBaseParts();
const sieve = await createSieve(parts);
const modelFiles = folderModelFiles(folder.path('models'));
const service = storeApp({ sieve: () => sieve, parts: () => parts, rateLimit: null, modelFiles });
const { call, key, store } = service;
const lines = campaignLines(readCampaigns()[0], 205, 11);
const HOSTILE = readFileSync('training-data/heldout/legit.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { text: string }).text);

interface Answer {
  readonly verdict: string;
  readonly spans: { reasons: { code: string }[] }[];
  readonly engine: { model: string; degraded?: string };
}

const check = async (plain: string, text: string): Promise<Answer> =>
  (await (await call(plain, 'POST', '/v1/check', { text })).json()) as Answer;

async function label(
  plain: string,
  text: string,
  kind = 'spam',
  author = 'desk',
): Promise<{ id: string; outcome: string }> {
  const response = await call(plain, 'POST', '/v1/samples', { text, label: kind, author });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; outcome: string };
}

async function trained(plain: string, body: object = { reason: 'test' }): Promise<Record<string, unknown>> {
  const response = await call(plain, 'POST', '/v1/models/train', body);
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: string };
  for (let turn = 0; turn < 200; turn++) {
    const job = (await (await call(plain, 'GET', `/v1/models/jobs/${id}`)).json()) as Record<string, unknown>;
    if (job['state'] !== 'queued' && job['state'] !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the build did not end');
}

describe('/v1/samples', () => {
  it('is seen at the next check, by its tenant alone, and leaves no trace when it is withdrawn', async () => {
    const [a, b] = [await key('a', 'admin'), await key('b', 'admin')];
    const before = await check(a, lines[9]);
    expect(before).toMatchObject({ verdict: 'pass', spans: [] });
    const added = [];
    for (const line of lines.slice(0, 5)) added.push(await label(a, line));
    const after = await check(a, lines[9]);
    expect(after.spans[0].reasons.map(({ code }) => code)).toContain('samples');
    expect(after.engine.model).not.toBe(before.engine.model);
    expect(await check(b, lines[9])).toMatchObject({ spans: [], engine: before.engine });
    for (const { id } of added) expect((await call(a, 'DELETE', `/v1/samples/${id}`)).status).toBe(204);
    expect(await check(a, lines[9])).toMatchObject({ verdict: 'pass', spans: [], engine: before.engine });
  });

  it('answers others while many labels are taken in and learned', async () => {
    const a = await key('crowd', 'admin');
    const body = Array.from({ length: 400 }, (_, at) =>
      JSON.stringify({ text: `${lines[at % 200]} ${at}`, label: 'spam' }),
    );
    const work = { isDone: false };
    const learn = async (): Promise<Answer> => {
      const headers = { Authorization: `Bearer ${a}`, 'Content-Type': 'application/x-ndjson' };
      const sent = { method: 'POST', headers, body: body.join('\n') };
      const answer = await service.app.request('/v1/samples/import?format=ndjson', sent);
      expect(await answer.json()).toMatchObject({ added: 400 });
      return await check(a, lines[9]);
    };
    const learned = learn().finally(() => (work.isDone = true));
    let answered = 0;
    while (!work.isDone) {
      expect((await service.app.request('/healthz')).status).toBe(200);
      answered++;
      await nextTask();
    }
    expect((await learned).spans[0].reasons.map(({ code }) => code)).toContain('samples');
    expect(answered).toBeGreaterThan(20);
  });

  it('takes a span of a logged verdict, of which the text is kept', async () => {
    const a = await key('spans', 'admin');
    const text = `The library opens at nine.\n${lines[0]}`;
    const response = await call(a, 'POST', '/v1/check', { text, id: 'post-1' });
    const verdictId = response.headers.get('X-Verdict-Id');
    const start = text.indexOf(lines[0]);
    const body = { verdictId, span: { start, end: text.length }, label: 'spam', category: 'escort' };
    const sample = await (await call(a, 'POST', '/v1/samples', body)).json();
    expect(sample).toMatchObject({
      text: lines[0],
      documentId: 'post-1',
      verdictId,
      category: 'escort',
      outcome: 'added',
    });
    const far = { ...body, span: { start: 0, end: text.length + 1 } };
    expect(await problemOf(await call(a, 'POST', '/v1/samples', far))).toBe('422 invalid-request');
    const none = { ...body, verdictId: 'none' };
    expect(await problemOf(await call(a, 'POST', '/v1/samples', none))).toBe('404 not-found');
  });

  it('folds duplicates, lists conflicts, and lets a person decide', async () => {
    const a = await key('conflicts', 'admin');
    await label(a, lines[0]);
    expect((await label(a, lines[0].toUpperCase())).outcome).toBe('duplicate');
    const other = await label(a, lines[0], 'legit', 'another');
    expect(other.outcome).toBe('conflict');
    const listed = await (await call(a, 'GET', '/v1/samples?state=conflict')).json();
    expect(listed).toMatchObject({ samples: [{ id: other.id, label: 'legit' }] });
    expect((await call(a, 'PUT', `/v1/samples/${other.id}/state`, { state: 'active' })).status).toBe(200);
    const stats = await (await call(a, 'GET', '/v1/samples/stats')).json();
    expect(stats).toMatchObject({ active: 1, ignored: 1, conflict: 0 });
  });

  it.each([
    [{ label: 'spam' }, 'either text'],
    [{ text: 'x', label: 'ham' }, 'legit or spam'],
    [{ text: ' \n', label: 'spam' }, 'blank'],
    [{ text: 'x', label: 'legit', category: 'adult' }, 'belongs to spam'],
    [{ text: 'x'.repeat(10_001), label: 'spam' }, '10000'],
    [{ verdictId: 'v', span: { start: 3, end: 3 }, label: 'spam' }, 'before end'],
  ])('refuses %j', async (body, detail) => {
    const a = await key('refusals', 'admin');
    const response = await call(a, 'POST', '/v1/samples', body);
    expect(response.status).toBe(422);
    expect(((await response.json()) as { detail: string }).detail).toContain(detail);
  });

  it('has a quota for each author, and withdraws an author as a whole', async () => {
    const a = await key('quota', 'admin');
    await label(a, lines[0], 'spam', 'mallory');
    const many = Array.from({ length: 999 }, (_, at) => ({
      ...sampleRow,
      id: `m${at}`,
      textHash: `h${at}`,
      createdAt: service.clock.now,
    }));
    await store.samples.add('quota', many);
    const response = await call(a, 'POST', '/v1/samples', { text: lines[1], label: 'spam', author: 'mallory' });
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '3600']);
    expect((await label(a, lines[1], 'spam', 'somebody')).outcome).toBe('added');
    const withdrawn = await call(a, 'DELETE', '/v1/samples?author=mallory');
    expect(await withdrawn.json()).toEqual({ withdrawn: 1000 });
    expect((await call(a, 'DELETE', '/v1/samples')).status).toBe(422);
  });

  it('keeps nothing for a site that keeps nothing', async () => {
    const a = await key('private', 'admin');
    await call(a, 'PUT', '/v1/policy', { policy: null, retain: 'none', retentionDays: 1 });
    expect(await problemOf(await call(a, 'POST', '/v1/samples', { text: lines[0], label: 'spam' }))).toBe(
      '409 not-retained',
    );
  });

  it('asks for what would teach most, and not for what was labelled', async () => {
    const a = await key('queue', 'admin');
    const text = `The library opens at nine.\n${HOSTILE.find((one) => sieve.check({ text: one }).spans.length > 0) ?? ''}`;
    await check(a, text);
    const asked = (await (await call(a, 'GET', '/v1/samples/queue')).json()) as { questions: { text: string }[] };
    expect(asked.questions).toHaveLength(1);
    await label(a, asked.questions[0].text, 'legit');
    expect(await (await call(a, 'GET', '/v1/samples/queue')).json()).toEqual({ questions: [] });
  });

  it('asks for lines that passed and were nearly found', async () => {
    const a = await key('nearly', 'admin');
    const near = HOSTILE.find((text) => {
      const { spans, lines: [one] = [] } = sieve.check({ text }, { lines: true });
      return spans.length === 0 && one.posterior > 0.01;
    });
    await check(a, `The library opens at nine.\n${near ?? ''}`);
    const { questions } = (await (await call(a, 'GET', '/v1/samples/queue')).json()) as {
      questions: { text: string }[];
    };
    expect(questions.map(({ text }) => text)).toEqual([near]);
  });

  it('asks for lines that passed in a language which the model was not made of', async () => {
    const a = await key('novel', 'admin');
    const novel = 'A képviselőtestület hétfőn délelőtt ülésezett a városházán.';
    await check(a, `The library opens at nine on Monday morning.\n${novel}`);
    const { questions } = (await (await call(a, 'GET', '/v1/samples/queue')).json()) as {
      questions: { text: string; grounds: string[]; unseen: number }[];
    };
    expect(questions).toMatchObject([{ text: novel, grounds: ['novel'] }]);
    expect(questions[0].unseen).toBeGreaterThan(0.6);
  });

  it('imports many in the formats of other programs, names faulty rows, and exports what is learned', async () => {
    const a = await key('transfer', 'admin');
    const send = async (format: string, body: string): Promise<unknown> => {
      const headers = { Authorization: `Bearer ${a}`, 'Content-Type': 'text/plain' };
      const sent = await service.app.request(`/v1/samples/import?format=${format}`, { method: 'POST', headers, body });
      return { status: sent.status, ...((await sent.json()) as object) };
    };
    const csv = `text,label,author\n"${lines[0]}",spam,x\n"an honest, plain line",ham,x\n"no label",,x\n`;
    expect(await send('csv', csv)).toMatchObject({
      status: 200,
      added: 2,
      duplicates: 0,
      faulty: 1,
      errors: [{ place: 'the body:4' }],
    });
    const text = `__label__spam ${lines[0]}\n__label__spam ${lines[1]}\n`;
    expect(await send('fasttext', text)).toMatchObject({ added: 1, duplicates: 1, faulty: 0 });
    expect(await send('csv', 'body,kind\na,b\n')).toMatchObject({ status: 200, added: 0, faulty: 1 });
    expect(await send('xml', '<x/>')).toMatchObject({ status: 422 });
    const exported = await (await call(a, 'GET', '/v1/samples/export?format=ndjson')).text();
    const rows = exported
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row) as { text: string; label: string });
    expect(new Set(rows.map((row) => row.text))).toEqual(new Set([lines[0], lines[1], 'an honest, plain line']));
    expect((await check(a, lines[0])).spans).toHaveLength(1);
    const b = await key('transfer-b', 'admin');
    const headers = { Authorization: `Bearer ${b}`, 'Content-Type': 'application/x-ndjson' };
    const back = await service.app.request('/v1/samples/import?format=ndjson', {
      method: 'POST',
      headers,
      body: exported,
    });
    expect(await back.json()).toMatchObject({ added: 3, faulty: 0 });
  });

  it('reads what is learned page by page, and others have their turn between', async () => {
    const a = await key('many', 'admin');
    const body = Array.from({ length: 900 }, (_, at) => JSON.stringify({ text: `${lines[0]} ${at}`, label: 'spam' }));
    const headers = { Authorization: `Bearer ${a}`, 'Content-Type': 'application/x-ndjson' };
    const path = '/v1/samples/import?format=ndjson';
    await service.app.request(path, { method: 'POST', headers, body: body.join('\n') });
    const desk = new ModelDesk({ store, sieve: () => sieve, parts: () => parts, version: '1', limits: DEFAULT_LIMITS });
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    expect(await desk.learned('many')).toHaveLength(900);
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  it("takes what clients of Akismet's protocol submit", async () => {
    const a = await key('akismet', 'check', 'samples');
    const form = new URLSearchParams({ blog: 'https://news.example', api_key: a, comment_content: lines[0] });
    const response = await service.app.request('/1.1/submit-spam', { method: 'POST', body: form });
    expect([response.status, await response.text()]).toEqual([200, 'Thanks for making the web a better place.']);
    expect(await (await call(a, 'GET', '/v1/samples')).json()).toMatchObject({
      samples: [{ text: lines[0], label: 'spam' }],
    });
    expect((await check(a, lines[0])).spans).toHaveLength(1);
  });
});

const sampleRow = {
  text: 'x',
  label: 'spam',
  category: null,
  language: null,
  origin: 'human',
  author: 'mallory',
  site: null,
  documentId: null,
  verdictId: null,
  influence: 1,
} as const;

describe('/v1/models', () => {
  it('builds, measures and promotes; the build judges as instant learning did', async () => {
    const a = await key('builds', 'admin');
    for (const line of lines.slice(0, 8)) await label(a, line);
    const instant = await check(a, lines[30]);
    const job = await trained(a);
    expect(job).toMatchObject({ state: 'done', result: { passed: true, promoted: true, failures: [] } });
    const { digest } = job['result'] as { digest: string };
    expect(digest).toBe(instant.engine.model);
    expect((await check(a, lines[30])).engine.model).toBe(digest);
    const list = await (await call(a, 'GET', '/v1/models')).json();
    expect(list).toMatchObject({
      champion: digest,
      previous: null,
      models: [{ digest, aliases: ['champion'], state: 'ready' }],
    });
    const { rules, policy } = sieve.engine;
    const samplesDigest: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(list).toMatchObject({ models: [{ card: { model: digest, rules, policy, samplesDigest } }] });
    const again = await trained(a);
    expect(again['result']).toMatchObject({ digest, unchanged: true, promoted: false });
    await label(a, 'an entirely new brand: zorblatt palace slots', 'spam');
    expect((await check(a, lines[30])).engine.model).not.toBe(digest);
  });

  it('takes back a sample that a champion has learned', async () => {
    const a = await key('unlearn', 'admin');
    const ids = [];
    for (const line of lines.slice(0, 6)) ids.push((await label(a, line)).id);
    await trained(a);
    for (const id of ids) await call(a, 'DELETE', `/v1/samples/${id}`);
    const after = await check(a, lines[30]);
    expect(after).toMatchObject({ spans: [], engine: sieve.engine });
  });

  it('rolls back, and what spoiled the champion spoils no more', async () => {
    const a = await key('rollback', 'admin');
    expect(await problemOf(await call(a, 'POST', '/v1/models/rollback', { reason: 'x' }))).toBe('409 conflict');
    for (const line of lines.slice(0, 8)) await label(a, line);
    await trained(a);
    expect((await check(a, lines[30])).spans).toHaveLength(1);
    const back = await call(a, 'POST', '/v1/models/rollback', { reason: 'too eager', author: 'desk' });
    const answer = (await back.json()) as { note: string };
    expect(answer).toMatchObject({ champion: null, unlearned: 8, withdrawn: 0 });
    expect(answer.note).toMatch(
      /^labels that are not in this model and will be in the next build: 8; withdraw them all by DELETE/,
    );
    expect(await check(a, lines[30])).toMatchObject({ spans: [], engine: sieve.engine });
    const history = (await (await call(a, 'GET', '/v1/models/history')).json()) as { promotions: object[] };
    expect(history.promotions).toMatchObject([{ to: null, reason: 'too eager', author: 'desk' }, { from: null }]);
  });

  it('says that the next build learns the labels again, and withdraws them where asked to', async () => {
    const a = await key('remedy', 'admin');
    for (const line of lines.slice(0, 6)) await label(a, line);
    const { digest: good } = (await trained(a))['result'] as { digest: string };
    const spoiling = campaignLines(readCampaigns()[3], 8, 11);
    for (const line of spoiling) await label(a, line);
    const { digest: bad } = (await trained(a))['result'] as { digest: string };
    expect(bad).not.toBe(good);
    const rollback = { reason: 'spoiled', withdraw: true };
    const back = await (await call(a, 'POST', '/v1/models/rollback', rollback)).json();
    expect(back).toMatchObject({ champion: good, previous: bad, unlearned: 0, withdrawn: 8 });
    expect(back).not.toHaveProperty('note');
    expect((await check(a, lines[30])).engine.model).toBe(good);
    expect((await trained(a))['result']).toMatchObject({ digest: good, unchanged: true });
    const { samples } = (await (await call(a, 'GET', '/v1/samples?state=withdrawn')).json()) as { samples: object[] };
    expect(samples).toHaveLength(8);
  });

  it('compares models while others have their turn', async () => {
    await key('compare', 'admin');
    const desk = new ModelDesk({ store, sieve: () => sieve, parts: () => parts, version: '1', limits: DEFAULT_LIMITS });
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const shares: number[] = [];
    const compared = await desk.compare('compare', 'base', 'base', (share) => shares.push(share));
    clearInterval(timer);
    expect(compared).toEqual({ lines: 627, differences: [] });
    expect(turns).toBeGreaterThan(10);
    expect([shares[0], shares.length]).toEqual([0, 627]);
  });

  it('withdraws what the champion was not built with, when the roll-back was before', async () => {
    const a = await key('remedy-later', 'admin');
    for (const line of lines.slice(0, 6)) await label(a, line);
    await trained(a);
    expect(await (await call(a, 'DELETE', '/v1/samples?unlearned=true')).json()).toEqual({ withdrawn: 0 });
    await call(a, 'POST', '/v1/models/rollback', { reason: 'x' });
    expect(await (await call(a, 'DELETE', '/v1/samples?unlearned=true')).json()).toEqual({ withdrawn: 6 });
    expect(await problemOf(await call(a, 'DELETE', '/v1/samples?unlearned=true&author=desk'))).toBe(
      '422 invalid-request',
    );
    expect(await problemOf(await call(a, 'DELETE', '/v1/samples?unlearned=no'))).toBe('422 invalid-request');
  });

  it('refuses a candidate that hostile hands taught; a person may override it with a reason', async () => {
    const a = await key('hostile', 'admin');
    for (let hand = 0; hand < 12; hand++) {
      const rows = HOSTILE.slice(0, 200).map((text, at) => ({
        ...sampleRow,
        id: `${hand}-${at}`,
        text: `${text} ${hand}`,
        textHash: `${hand}-${at}`,
        author: `hand ${hand}`,
        influence: 16,
        createdAt: service.clock.now,
      }));
      await store.samples.add('hostile', rows);
    }
    const job = await trained(a);
    expect(job).toMatchObject({ state: 'done', result: { passed: false, promoted: false } });
    const { digest, failures } = job['result'] as { digest: string; failures: string[] };
    expect(failures.join()).toMatch(/held-out honest lines flagged: \d+ → \d+ of 449/);
    const promote = `/v1/models/${digest}/promote`;
    const refused = await call(a, 'POST', promote, { reason: 'I know better' });
    expect(((await refused.json()) as { detail: string }).detail).toMatch(/gate refused .*held-out honest/);
    expect((await call(a, 'POST', promote, { reason: 'I know better', override: true })).status).toBe(200);
    const compared = (await (await call(a, 'GET', `/v1/models/compare?a=base&b=${digest}`)).json()) as {
      differences: object[];
    };
    expect(compared.differences.length).toBeGreaterThan(5);
  });

  it('falls back where the files of the champion are gone or damaged, and says so in every verdict', async () => {
    const a = await key('damaged', 'admin');
    for (const line of lines.slice(0, 8)) await label(a, line);
    const { digest: first } = (await trained(a))['result'] as { digest: string };
    for (const line of lines.slice(8, 12)) await label(a, line);
    const { digest } = (await trained(a))['result'] as { digest: string };
    expect(digest).not.toBe(first);
    await writeFile(folder.path(`models/damaged/${digest}/model.bin`), 'not a model');
    const fresh = storeAppOn();
    const answer = (await (await fresh.request(a, lines[30])).json()) as Answer;
    expect(answer.engine.degraded).toMatch(new RegExp(`${digest} could not be loaded: .*; ${first} serves`));
    expect(answer.spans).toHaveLength(1);
    expect(await (await fresh.app.request('/readyz')).json()).toMatchObject({ status: 'ready', degraded: 1 });
    expect(await (await service.app.request('/readyz')).json()).not.toHaveProperty('degraded');
    await modelFiles.remove('damaged', first);
    const last = (await (await storeAppOn().request(a, lines[30])).json()) as Answer;
    expect(last.engine.degraded).toMatch(/the base model serves/);
  });

  it('prunes what has no alias, and promotes nothing that is pruned', async () => {
    const a = await key('prune', 'admin');
    const digests: string[] = [];
    for (let at = 0; at < 3; at++) {
      for (const line of lines.slice(6 * at, 6 * at + 6)) await label(a, line);
      digests.push(((await trained(a))['result'] as { digest: string }).digest);
      service.clock.now += 1000;
    }
    const pruned = await call(a, 'POST', '/v1/models/prune', { keep: 0 });
    expect(await pruned.json()).toEqual({ pruned: [digests[0]] });
    expect(await modelFiles.list('prune')).toEqual(digests.slice(1).sort());
    const promoted = await call(a, 'POST', `/v1/models/${digests[0]}/promote`, { reason: 'x' });
    expect(((await promoted.json()) as { detail: string }).detail).toContain('pruned');
  });

  it('lets a challenger judge without effect, and lists where it differs', async () => {
    const a = await key('shadow', 'admin');
    for (const line of lines.slice(0, 8)) await label(a, line);
    const { digest } = (await trained(a, { reason: 'try it', promote: false }))['result'] as { digest: string };
    await call(a, 'DELETE', '/v1/samples?author=desk');
    const set = await call(a, 'PUT', '/v1/models/challenger', { digest, share: 1 });
    expect(await set.json()).toMatchObject({ champion: null, challenger: digest, share: 1 });
    service.clock.now += 10_000;
    expect(await check(a, lines[30])).toMatchObject({ verdict: 'pass', engine: sieve.engine });
    const list = (await (await call(a, 'GET', '/v1/models/disagreements')).json()) as { disagreements: object[] };
    expect(list.disagreements).toMatchObject([{ championVerdict: 'pass', challenger: digest }]);
    await call(a, 'PUT', '/v1/models/challenger', { digest: null });
  });

  it('stops a build that is cancelled', async () => {
    const a = await key('cancel', 'admin');
    for (const line of lines.slice(0, 8)) await label(a, line);
    const train = trainerOf({
      base: { model: parts.model, counts: (await parts.counts?.())! },
      policy: parts.policy,
      heldOut: [],
    });
    const dependencies = {
      store,
      modelFiles,
      parts: () => parts,
      sieve: () => sieve,
      version: '1',
      limits: DEFAULT_LIMITS,
      trainer: (async (input, progress) => {
        await store.jobs.cancel('cancel', id, service.clock.now);
        return await train(input, progress);
      }) as ReturnType<typeof trainerOf>,
    };
    const jobs = new TrainingJobs(dependencies, new ModelDesk(dependencies));
    const id = await jobs.queue('cancel', { author: 'desk', reason: 'x', promote: true });
    expect(await jobs.runDue()).toBe(1);
    expect(await store.jobs.get('cancel', id)).toMatchObject({ state: 'cancelled', result: null });
    expect((await store.models.aliases('cancel')).champion).toBeNull();
  });

  it('builds on a schedule where samples have changed, and nowhere else', async () => {
    const a = await key('schedule', 'admin');
    const dependencies = {
      store,
      modelFiles,
      parts: () => parts,
      sieve: () => sieve,
      version: '1',
      limits: DEFAULT_LIMITS,
    };
    const jobs = new TrainingJobs(
      { ...dependencies, clock: () => service.clock.now },
      new ModelDesk({ ...dependencies, clock: () => service.clock.now }),
    );
    const builds = async (): Promise<number> =>
      (await store.jobs.list('schedule', { kind: 'train', limit: 99 })).items.length;
    for (const line of lines.slice(0, 8)) await label(a, line);
    service.clock.now += 1;
    await jobs.queueScheduled(3_600_000);
    expect(await builds()).toBe(1);
    await jobs.runDue();
    expect((await store.models.aliases('schedule')).champion).not.toBeNull();
    service.clock.now += 7_200_000;
    await jobs.queueScheduled(3_600_000);
    expect(await builds()).toBe(1);
    await label(a, lines[20]);
    await jobs.queueScheduled(3_600_000);
    await jobs.queueScheduled(3_600_000);
    expect(await builds()).toBe(2);
    await jobs.runDue();
  });

  it('changes models under load: every check is answered by one whole model, the old or the new', async () => {
    const a = await key('swap', 'admin');
    for (const line of lines.slice(0, 8)) await label(a, line);
    const { digest } = (await trained(a))['result'] as { digest: string };
    const swap = { isOver: false };
    const seen: Answer[] = [];
    const load = [1, 2, 3, 4].map(async () => {
      while (!swap.isOver) {
        const response = await call(a, 'POST', '/v1/check', { text: lines[40] });
        expect(response.status).toBe(200);
        seen.push((await response.json()) as Answer);
      }
    });
    for (let turn = 0; turn < 6; turn++) {
      await call(a, 'POST', '/v1/models/rollback', { reason: 'back and forth' });
      // Of two rounds of checks, one began after the change.
      const enough = seen.length + 2 * load.length;
      while (seen.length < enough) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    swap.isOver = true;
    await Promise.all(load);
    const known: Record<string, number> = { [digest]: 1, [sieve.engine.model]: 0 };
    expect(seen.length).toBeGreaterThan(6);
    for (const { spans, engine } of seen) expect(spans).toHaveLength(known[engine.model]);
    expect(new Set(seen.map(({ engine }) => engine.model)).size).toBe(2);
  });

  it('tells how far a week is from those before, with examples', async () => {
    const a = await key('drift', 'admin');
    const week = (name: string, pass: number, clean: number) =>
      store.figures.add('drift', name, [
        { figure: 'verdict', key: 'pass', count: pass },
        { figure: 'verdict', key: 'clean', count: clean },
      ]);
    await week('2025-W50', 990, 10);
    await week('2025-W51', 600, 400);
    await label(a, lines[0]);
    await check(a, lines[0]);
    const drift = (await (await call(a, 'GET', '/v1/models/drift')).json()) as {
      figures: { figure: string }[];
      examples: string[];
    };
    expect(drift).toMatchObject({ week: '2025-W51', before: ['2025-W50'], drifted: true });
    expect(drift.figures[0]).toMatchObject({
      figure: 'verdict',
      drifted: true,
      moved: [{ key: 'clean' }, { key: 'pass' }],
    });
    expect(drift.examples).toHaveLength(1);
    service.clock.now += 11_000;
    await check(a, lines[0]);
    expect((await store.figures.weeks('drift', 9)).length).toBe(3);
  });

  describe('traffic in a language that the model was not made of', () => {
    const novel = 'A képviselőtestület hétfőn délelőtt ülésezett a városházán.';
    const webhook = {
      id: 'w',
      url: 'https://hooks.example/x',
      events: ['model.drifted'],
      secret: 's',
      disabledAt: null,
    } as const;
    const messages = async (tenant: string): Promise<unknown[]> =>
      (await store.webhooks.deliveries(tenant, 'w', 5)).map(({ payload }): unknown => JSON.parse(payload));

    it('is told against the card: once by webhook, in /readyz and in /metrics, with examples', async () => {
      const a = await key('foreign', 'admin');
      await store.webhooks.create('foreign', { ...webhook, createdAt: service.clock.now });
      // Of the first twenty documents in ten seconds, novel lines are counted.
      for (let at = 0; at < 20; at++) await check(a, `${novel}\n`.repeat(30));
      service.clock.now += 11_000;
      await check(a, 'The library opens at nine.');
      const [message, ...more] = await messages('foreign');
      expect(more).toEqual([]);
      expect(message).toMatchObject({ type: 'model.drifted', data: { model: parts.model.digest } });
      const { data } = message as { data: { moved: object[]; examples: string[] } };
      expect(data.moved).toMatchObject([{ against: 'card', figure: 'unseen' }]);
      expect(data.examples).toHaveLength(5);
      expect(await (await service.app.request('/readyz')).json()).toMatchObject({ drifted: 1 });
      const metrics = await (await service.app.request('/metrics')).text();
      expect(metrics).toContain('linesieve_drift_warnings_total{against="card",figure="unseen"} 1');
      const drift = await (await call(a, 'GET', '/v1/models/drift')).json();
      expect(drift).toMatchObject({ drifted: true, card: { model: parts.model.digest } });
      service.clock.now += 3_700_000;
      await check(a, 'The library opens at nine.');
      service.clock.now += 11_000;
      await check(a, 'The library opens at nine.');
      expect(await messages('foreign')).toHaveLength(1);
    });

    it('is no news in the language of the model', async () => {
      const a = await key('home', 'admin');
      await store.webhooks.create('home', { ...webhook, createdAt: service.clock.now });
      for (let at = 0; at < 20; at++) await check(a, 'The library of the city opens at nine on Monday.\n'.repeat(30));
      service.clock.now += 11_000;
      await check(a, 'The library opens at nine.');
      expect(await messages('home')).toEqual([]);
      const drift = await (await call(a, 'GET', '/v1/models/drift')).json();
      expect(drift).toMatchObject({ drifted: false, examples: [] });
    });
  });

  it('holds traffic against the card of the champion', async () => {
    const a = await key('card', 'admin');
    for (const line of lines.slice(0, 8)) await label(a, line);
    const { digest } = (await trained(a))['result'] as { digest: string };
    const drift = await (await call(a, 'GET', '/v1/models/drift')).json();
    expect(drift).toMatchObject({ card: { model: digest, figures: [{ figure: 'line' }, {}, {}, {}] } });
    const model = await store.models.get('card', digest);
    expect(model?.card).toMatchObject({ expected: { honest: { lines: 449 }, spam: { lines: 178 } } });
  });

  it('tells of a finished build by webhook', async () => {
    const a = await key('hooks', 'admin');
    await store.webhooks.create('hooks', {
      id: 'w',
      url: 'https://hooks.example/x',
      events: ['model.trained'],
      secret: 's',
      createdAt: service.clock.now,
      disabledAt: null,
    });
    for (const line of lines.slice(0, 8)) await label(a, line);
    await trained(a);
    const [delivery] = await store.webhooks.deliveries('hooks', 'w', 5);
    expect(JSON.parse(delivery.payload)).toMatchObject({
      type: 'model.trained',
      data: { passed: true, promoted: true },
    });
  });
});

/** Another process on the same store and folder. */
function storeAppOn(): {
  app: ReturnType<typeof createApp>;
  request: (plain: string, text: string) => Promise<Response>;
} {
  const app = createApp({
    sieve: () => sieve,
    parts: () => parts,
    version: '1',
    store,
    modelFiles,
    rateLimit: null,
    report: () => {},
  });
  return {
    app,
    request: async (plain, text) =>
      await app.request('/v1/check', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${plain}` },
        body: JSON.stringify({ text }),
      }),
  };
}
