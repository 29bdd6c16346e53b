import { expect, it } from 'vitest';
import type { OpenEmpty } from '../conformance.ts';
import { apiKey, delivery, NOW, siteRule, tenantSettings, verdict, webhook } from '../samples.ts';

const ODD: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a NUL', 'a\0b'],
  ['only NUL', '\0'],
  ['a lone high surrogate', 'a\uD83Db'],
  ['a lone low surrogate', '\uDE00a'],
  ['surrogates in the wrong order', '\uDE00\uD83D'],
  ['an emoji', '😀🏳️‍🌈'],
  ['the replacement character', '\uFFFD'],
  ['the escape character', '\uFDD0d83d\uFDD0'],
  ['a byte order mark', '\uFEFFa'],
  ['composed and decomposed', 'é e\u0301'],
  ['line separators', 'a\r\n\u2028\u2029\u0085b'],
  ['quotes and SQL', `'";--%_\\?1`],
  ['names of prototypes', '__proto__'],
  ['a million letters', 'ab'.repeat(500_000)],
];

export function oddStringTests(openEmpty: OpenEmpty): void {
  it.each(ODD)('come back unit for unit: %s', async (_, odd) => {
    const { verdicts, rules, settings, webhooks, keys } = await openEmpty();
    const record = verdict('v', { text: odd, documentId: odd, options: { [odd.slice(0, 50)]: odd } });
    await verdicts.put('a', [record]);
    expect(await verdicts.get('a', 'v', NOW)).toEqual(record);
    const rule = siteRule('r', { pattern: odd, reason: odd });
    await rules.put('a', rule);
    expect((await rules.list('a', NOW)).rules).toEqual([rule]);
    await settings.put('a', tenantSettings({ corsOrigins: [odd] }));
    expect(await settings.get('a')).toEqual(tenantSettings({ corsOrigins: [odd] }));
    await webhooks.create('a', webhook('w'));
    await webhooks.enqueue('a', [delivery('d', 'w', { payload: odd })]);
    expect(await webhooks.due(NOW, 1, 1)).toMatchObject([{ payload: odd }]);
    await keys.create('a', apiKey('k', { name: odd }));
    expect(await keys.list('a')).toMatchObject([{ name: odd }]);
  });

  it('name tenants, ids, keys and cursors without mixing them up', async () => {
    const { verdicts, idempotency, rates } = await openEmpty();
    const names = ODD.filter(([, odd]) => odd.length < 100).map(([, odd]) => odd);
    for (const name of [...names, 'a\uFFFDb', 'a']) {
      await verdicts.put(name, [verdict(name, { text: `of ${name}` }), verdict('z', { at: NOW - 1 })]);
      const page = await verdicts.list(name, { limit: 1 }, NOW);
      expect(page.items).toMatchObject([{ id: name }]);
      expect((await verdicts.list(name, { limit: 1, cursor: page.next as string }, NOW)).items).toMatchObject([
        { id: 'z' },
      ]);
      expect(await idempotency.begin(name, name, name, NOW, NOW + 1)).toMatchObject({ state: 'new' });
      expect(await rates.take(name, NOW, { limit: 5, windowSeconds: 5 })).toMatchObject({ remaining: 4 });
    }
  });
}
