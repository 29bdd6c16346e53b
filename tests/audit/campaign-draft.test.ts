import { describe, expect, it } from 'vitest';
import { brandsOf } from '../../src/audit/brands.ts';
import { CampaignDraft } from '../../src/audit/campaign-draft.ts';
import { findingRow, foundSpan } from './finding-rows.ts';

describe('a campaign', () => {
  it('has brands, places, days and a name', () => {
    const draft = new CampaignDraft();
    const texts = ['kartal88 rulet, canlı bahis', 'kartal88 slot, canlı bahis', 'win99 rulet masası'];
    for (const [i, text] of texts.entries()) {
      const span = foundSpan(text, { position: i === 0 ? 'head' : 'hidden' });
      draft.add(findingRow(`p${i}`, [span]), span, { firstRun: `2026-0${i + 2}-01`, lastRun: '2026-05-01' });
    }
    const campaign = draft.finish('c1');
    expect(campaign).toMatchObject({
      documents: 3,
      positions: { head: 1, hidden: 2 },
      brands: [['kartal88', 2]],
      firstSeen: '2026-02-01',
      lastSeen: '2026-05-01',
      datesOf: 'runs',
    });
    expect(campaign.name).toContain('gambling · kartal88 · canli bahis');
  });

  it('counts a host as a target, not as a phrase', () => {
    const draft = new CampaignDraft();
    const span = foundSpan('slot gacor http://www.win88.example/a, bonus', { hosts: ['win88.example'] });
    draft.add(findingRow('a', [span]), span, { firstRun: '2026-11-01', lastRun: '2026-11-01' });
    const { hosts, phrases } = draft.finish('c1');
    expect(hosts).toEqual([['win88.example', 1]]);
    expect(phrases.map(([phrase]) => phrase)).toEqual(['bonus', 'slot gacor']);
  });

  it('goes by the dates of documents where there are some', () => {
    const draft = new CampaignDraft();
    const span = foundSpan('poker');
    const run = { firstRun: '2026-11-01', lastRun: '2026-11-02' };
    draft.add(findingRow('a', [span]), span, { ...run, documentDay: '2025-03-01' });
    draft.add(findingRow('b', [span]), span, run);
    expect(draft.finish('c1')).toMatchObject({ firstSeen: '2025-03-01', lastSeen: '2025-03-01', datesOf: 'documents' });
  });

  it.each([
    ['真人百家乐 hg8868 注册', [], ['hg8868']],
    ['澳门bet九州在线', [], ['bet']],
    ['91麻豆视频_91麻豆网站', [], ['91麻豆']],
    ['slot gacor hari ini', ['www.gacor77.example'.slice(4)], ['gacor77']],
    ['free online poker app', [], []],
    ['高清HD视频在线APP下载', [], []],
  ])('%s names %j %j', (text, hosts, brands) => expect([...brandsOf(text, hosts)]).toEqual(brands));
});
