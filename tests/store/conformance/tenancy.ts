import { describe, expect, it } from 'vitest';
import type { AuditTotals, ClaimedJob, Store } from '../../../src/store/store.ts';
import { collected } from '../collected.ts';
import type { OpenEmpty } from '../conformance.ts';
import {
  apiKey,
  audit,
  delivery,
  disagreement,
  HOUR,
  model,
  NOW,
  sample,
  siteRule,
  tenantSettings,
  verdict,
  webhook,
} from '../samples.ts';

const USAGE = { requests: 1, documents: 1, lines: 1, characters: 1, flagged: 1 };
const FIGURES = [{ figure: 'verdict', key: 'pass', count: 1 }];
const PROMOTION = { at: NOW, from: null, to: 'd', author: 'editor', reason: 'better' };
const JOB = { id: 'j', kind: 'train', input: {}, createdAt: NOW };
const SHARD = { shard: 0, digest: 'd' };
const TOTALS: AuditTotals = { documents: 1, flagged: 1, spans: 1, errors: 0, skipped: 0 };
const REPEATED = { everyHours: 24, nextAt: NOW };
const RESPONSE = { status: 200, headers: {}, body: 'of the intruder' };

/** Everything that the tenant can see of its own. */
async function everythingOf(store: Store, tenant: string): Promise<unknown> {
  return {
    keys: await store.keys.list(tenant),
    verdict: await store.verdicts.get(tenant, 'v', NOW),
    verdicts: await store.verdicts.list(tenant, { limit: 9 }, NOW),
    honest: await collected(store.verdicts.recentHonest(tenant, 9, NOW)),
    rules: await store.rules.list(tenant, NOW),
    settings: await store.settings.get(tenant),
    webhooks: await store.webhooks.list(tenant),
    deliveries: await store.webhooks.deliveries(tenant, 'w', 9),
    usage: await store.usage.range(tenant, '2026-01-01', '2026-12-31'),
    idempotency: await store.idempotency.begin(tenant, 'i', 'request', NOW, NOW + HOUR),
    samples: await store.samples.list(tenant, { limit: 9 }),
    samplesRevision: await store.samples.revision(tenant),
    state: await store.site.state(tenant),
    models: await store.models.list(tenant, { limit: 9 }),
    aliases: await store.models.aliases(tenant),
    promotions: await store.models.history(tenant, 9),
    audits: await store.audits.list(tenant, { limit: 9 }),
    shards: await store.audits.shards(tenant, 'a', { after: -1, limit: 9 }),
    jobs: await store.jobs.list(tenant, { kind: 'train', limit: 9 }),
    disagreements: await store.disagreements.list(tenant, { limit: 9 }),
    figures: await store.figures.of(tenant, '2026-W01'),
  };
}

/** Rows of each kind for the owner, one delivery of them leased. */
async function furnish(store: Store): Promise<void> {
  await store.keys.create('owner', apiKey('k'));
  await store.verdicts.put('owner', [verdict('v')]);
  await store.rules.put('owner', siteRule('r'));
  await store.settings.put('owner', tenantSettings());
  await store.webhooks.create('owner', webhook('w'));
  await store.webhooks.enqueue('owner', [delivery('d', 'w')]);
  await store.webhooks.due(NOW, 1, HOUR);
  await store.usage.add('owner', '2026-01-01', USAGE);
  await store.idempotency.begin('owner', 'i', 'request', NOW, NOW + HOUR);
  await store.samples.add('owner', [sample('s', { textHash: 'h' })]);
  await store.models.put('owner', model('d'));
  await store.models.promote('owner', 0, PROMOTION, 3);
  await store.jobs.create('owner', JOB);
  await store.jobs.claim('train', NOW, HOUR);
  await store.audits.create('owner', audit('a', REPEATED));
  await store.audits.addShards('owner', 'a', [SHARD]);
  await store.audits.planned('owner', 'a', NOW);
  await store.disagreements.add('owner', [disagreement('x')]);
  await store.figures.add('owner', '2026-W01', FIGURES);
}

const nothing = { items: [], next: null };
const refused = 'conflict';
/** The owner's job as an intruder would claim to have it. */
const stolen = { ...JOB, tenant: 'intruder', attempts: 1 } as unknown as ClaimedJob;
const other = sample('s', { textHash: 'h', label: 'legit' });
const base = { champion: null, challenger: null, revision: 0 };

/** Every method that takes a tenant, called by an intruder with the ids of the owner, and what it must answer. */
const CALLS: Readonly<Record<string, readonly [(store: Store) => Promise<unknown>, unknown]>> = {
  'keys.create': [({ keys }) => keys.create('intruder', apiKey('k')), refused],
  'keys.createFirst': [({ keys }) => keys.createFirst('intruder', apiKey('k2')), false],
  'keys.list': [({ keys }) => keys.list('intruder'), []],
  'keys.revoke': [({ keys }) => keys.revoke('intruder', 'k', NOW), false],
  'keys.revokeUnlessLast': [({ keys }) => keys.revokeUnlessLast('intruder', 'k', NOW, 'check'), 'missing'],
  'keys.rotate': [({ keys }) => keys.rotate('intruder', 'k', apiKey('k2'), NOW), false],
  'keys.touch': [({ keys }) => keys.touch('intruder', 'k', NOW), undefined],
  'verdicts.put': [({ verdicts }) => verdicts.put('intruder', [verdict('v', { text: 'another' })]), undefined],
  'verdicts.get': [({ verdicts }) => verdicts.get('intruder', 'v', NOW), null],
  'verdicts.list': [({ verdicts }) => verdicts.list('intruder', { limit: 9 }, NOW), nothing],
  'verdicts.remove': [({ verdicts }) => verdicts.remove('intruder', 'v'), false],
  'verdicts.recentHonest': [({ verdicts }) => collected(verdicts.recentHonest('intruder', 9, NOW)), []],
  'rules.list': [({ rules }) => rules.list('intruder', NOW), { revision: 0, rules: [], changesAt: null }],
  'rules.revision': [({ rules }) => rules.revision('intruder'), 0],
  'rules.get': [({ rules }) => rules.get('intruder', 'r'), null],
  'rules.put': [({ rules }) => rules.put('intruder', siteRule('r', { weight: 9 })), true],
  'rules.delete': [({ rules }) => rules.delete('intruder', 'r'), false],
  'settings.get': [({ settings }) => settings.get('intruder'), null],
  'settings.put': [({ settings }) => settings.put('intruder', tenantSettings({ retain: 'none' })), undefined],
  'webhooks.create': [({ webhooks }) => webhooks.create('intruder', webhook('w', { url: 'x' })), true],
  'webhooks.list': [({ webhooks }) => webhooks.list('intruder'), []],
  'webhooks.get': [({ webhooks }) => webhooks.get('intruder', 'w'), null],
  'webhooks.delete': [({ webhooks }) => webhooks.delete('intruder', 'w'), false],
  'webhooks.disable': [({ webhooks }) => webhooks.disable('intruder', 'w', NOW), false],
  'webhooks.enqueue': [({ webhooks }) => webhooks.enqueue('intruder', [delivery('d2', 'w')]), refused],
  'webhooks.succeed': [({ webhooks }) => webhooks.succeed('intruder', 'd', 1, NOW), false],
  'webhooks.fail': [({ webhooks }) => webhooks.fail('intruder', 'd', 1, null, 'x'), false],
  'webhooks.deliveries': [({ webhooks }) => webhooks.deliveries('intruder', 'w', 9), []],
  'usage.add': [({ usage }) => usage.add('intruder', '2026-01-01', USAGE), undefined],
  'usage.range': [({ usage }) => usage.range('intruder', '2026-01-01', '2026-12-31'), []],
  'idempotency.begin': [({ idempotency: i }) => i.begin('intruder', 'i', 'x', NOW, NOW), { state: 'new' }],
  'idempotency.finish': [({ idempotency: i }) => i.finish('intruder', 'i', 'x', RESPONSE, NOW), false],
  'site.state': [({ site }) => site.state('intruder'), { settings: null, rules: 0, samples: 0, models: 0 }],
  'samples.add': [({ samples }) => samples.add('intruder', [other]), [{ outcome: 'added' }]],
  'samples.get': [({ samples }) => samples.get('intruder', 's'), null],
  'samples.activeWith': [({ samples }) => samples.activeWith('intruder', 'h'), null],
  'samples.list': [({ samples }) => samples.list('intruder', { limit: 9 }), nothing],
  'samples.setState': [({ samples }) => samples.setState('intruder', 's', 'withdrawn'), false],
  'samples.withdraw': [({ samples }) => samples.withdraw('intruder', ['sample-1']), 0],
  'samples.withdrawAuthor': [({ samples }) => samples.withdrawAuthor('intruder', 'editor', 9), 0],
  'samples.revision': [({ samples }) => samples.revision('intruder'), 0],
  'samples.changedSince': [({ samples }) => samples.changedSince('intruder', { revision: 0, id: '' }, 9), []],
  'samples.learned': [({ samples }) => samples.learned('intruder', '', 9), []],
  'samples.counts': [({ samples }) => samples.counts('intruder'), { active: 0 }],
  'samples.countFrom': [({ samples }) => samples.countFrom('intruder', 'editor', 0), 0],
  'models.put': [({ models }) => models.put('intruder', model('d', { state: 'pruned' })), undefined],
  'models.get': [({ models }) => models.get('intruder', 'd'), null],
  'models.list': [({ models }) => models.list('intruder', { limit: 9 }), nothing],
  'models.aliases': [({ models }) => models.aliases('intruder'), base],
  'models.promote': [({ models }) => models.promote('intruder', 1, PROMOTION, 3), refused],
  'models.setChallenger': [({ models }) => models.setChallenger('intruder', 1, 'd', 1), refused],
  'models.history': [({ models }) => models.history('intruder', 9), []],
  'jobs.create': [({ jobs }) => jobs.create('intruder', JOB), undefined],
  'jobs.get': [({ jobs }) => jobs.get('intruder', 'j'), null],
  'jobs.list': [({ jobs }) => jobs.list('intruder', { kind: 'train', limit: 9 }), nothing],
  'jobs.beat': [({ jobs }) => jobs.beat(stolen, 0.5, 'x', NOW), false],
  'jobs.finish': [({ jobs }) => jobs.finish(stolen, {}, NOW), false],
  'jobs.fail': [({ jobs }) => jobs.fail(stolen, 'x', false, NOW), false],
  'jobs.cancel': [({ jobs }) => jobs.cancel('intruder', 'j', NOW), false],
  'audits.create': [({ audits }) => audits.create('intruder', audit('a')), undefined],
  'audits.get': [({ audits }) => audits.get('intruder', 'a'), null],
  'audits.list': [({ audits }) => audits.list('intruder', { limit: 9 }), nothing],
  'audits.addShards': [({ audits }) => audits.addShards('intruder', 'a', [{ ...SHARD, shard: 1 }]), undefined],
  'audits.planned': [({ audits }) => audits.planned('intruder', 'a', NOW), false],
  'audits.takePlan': [({ audits }) => audits.takePlan('intruder', 'a', NOW, 1), null],
  'audits.takeShard': [({ audits }) => audits.takeShard('intruder', 'a', 0, NOW, 1), null],
  'audits.settleShard': [({ audits }) => audits.settleShard('intruder', 'a', 0, TOTALS), false],
  'audits.failShard': [({ audits }) => audits.failShard('intruder', 'a', 0, 'x'), false],
  'audits.shards': [({ audits }) => audits.shards('intruder', 'a', { after: -1, limit: 9 }), []],
  'audits.openShards': [({ audits }) => audits.openShards('intruder', 'a', -1, 9), []],
  'audits.takeReport': [({ audits }) => audits.takeReport('intruder', 'a', NOW, 1), null],
  'audits.finish': [({ audits }) => audits.finish({ tenant: 'intruder', id: 'a', attempts: 0 }, {}, NOW), false],
  'audits.fail': [({ audits }) => audits.fail('intruder', 'a', 'x', NOW), false],
  'audits.cancel': [({ audits }) => audits.cancel('intruder', 'a', NOW), false],
  'audits.stopRepeating': [({ audits }) => audits.stopRepeating('intruder', 'a'), false],
  'audits.repeat': [({ audits }) => audits.repeat('intruder', 'a', audit('b')), false],
  'audits.remove': [({ audits }) => audits.remove('intruder', 'a'), false],
  'disagreements.add': [({ disagreements: d }) => d.add('intruder', [disagreement('x')]), undefined],
  'disagreements.list': [({ disagreements: d }) => d.list('intruder', { limit: 9 }), nothing],
  'figures.add': [({ figures }) => figures.add('intruder', '2026-W01', FIGURES), undefined],
  'figures.of': [({ figures }) => figures.of('intruder', '2026-W01'), []],
  'figures.weeks': [({ figures }) => figures.weeks('intruder', 9), []],
  'idempotency.abandon': [({ idempotency: i }) => i.abandon('intruder', 'i', 'x'), undefined],
};

/** Methods of the service itself, which work for all tenants; their callers hold a secret (the key's hash) or are its clocks. */
const ACROSS = [
  'keys.findByHash',
  'settings.anyAllows',
  'verdicts.purgeExpired',
  'webhooks.due',
  'webhooks.purgeSettled',
  'idempotency.purgeExpired',
  'samples.revisions',
  'audits.claimPlan',
  'audits.claimShard',
  'audits.claimReport',
  'audits.dueAgain',
  'audits.stalled',
  'audits.expired',
  'jobs.claim',
  'disagreements.purgeExpired',
  'rates.take',
  'rates.purgeIdle',
];

function methodsOf(store: Store): string[] {
  return Object.entries(store).flatMap(([resource, methods]) =>
    typeof methods === 'object' ? Object.keys(methods).map((method) => `${resource}.${method}`) : [],
  );
}

export function tenancyTests(openEmpty: OpenEmpty): void {
  it('are told apart by a call for every method that there is', async () => {
    expect(methodsOf(await openEmpty()).sort()).toEqual([...Object.keys(CALLS), ...ACROSS].sort());
  });

  describe('never meet', () => {
    it.each(Object.entries(CALLS))('in %s', async (_, [call, answer]) => {
      const store = await openEmpty();
      await furnish(store);
      const before = await everythingOf(store, 'owner');
      const answered = await call(store).catch((error: { code: string }) => error.code);
      if (answer !== null && typeof answer === 'object') expect(answered).toMatchObject(answer);
      else expect(answered).toBe(answer);
      expect(await everythingOf(store, 'owner')).toEqual(before);
    });
  });
}
