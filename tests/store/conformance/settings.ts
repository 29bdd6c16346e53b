import { expect, it } from 'vitest';
import type { OpenEmpty } from '../conformance.ts';
import { tenantSettings } from '../samples.ts';

export function settingsTests(openEmpty: OpenEmpty): void {
  it('has none until they are put', async () => {
    const { settings } = await openEmpty();
    expect(await settings.get('a')).toBeNull();
  });

  it.each(['strict', null, { thresholds: { review: 0.5 } }])(
    'keeps the policy %j and the last that was put',
    async (policy) => {
      const { settings } = await openEmpty();
      await settings.put('a', tenantSettings());
      const last = tenantSettings({ policy, retain: 'hash', retentionDays: 0, corsOrigins: [] });
      await settings.put('a', last);
      expect(await settings.get('a')).toEqual(last);
    },
  );

  it('says whether any tenant lets an origin in', async () => {
    const { settings } = await openEmpty();
    const any = async () => [await settings.anyAllows('https://a.test'), await settings.anyAllows('https://a.test:8')];
    expect(await any()).toEqual([false, false]);
    await settings.put('a', tenantSettings({ corsOrigins: ['https://b.test', 'https://a.test'] }));
    expect(await any()).toEqual([true, false]);
    await settings.put('b', tenantSettings({ corsOrigins: ['*'] }));
    expect(await any()).toEqual([true, true]);
  });

  it('refuses a retention that it does not know', async () => {
    const { settings } = await openEmpty();
    const odd = tenantSettings({ retain: 'everything' as 'full' });
    await expect(settings.put('a', odd)).rejects.toMatchObject({ code: 'bad-input' });
  });
}
