import { expect, it } from 'vitest';
import type { VerdictQuery, VerdictStore, VerdictSummary } from '../../../src/store/store.ts';
import { collected } from '../collected.ts';
import type { OpenEmpty } from '../conformance.ts';
import { NOW, verdict } from '../samples.ts';

const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);

async function listAll(verdicts: VerdictStore, query: VerdictQuery): Promise<string[]> {
  const items: VerdictSummary[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await verdicts.list('a', { ...query, ...(cursor === undefined ? {} : { cursor }) }, NOW);
    items.push(...page.items);
    cursor = page.next;
  }
  return idsOf(items);
}

export function verdictTests(openEmpty: OpenEmpty): void {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['正文', 'd661c3d96d53ebc0ca8a55aae24b5df4a4d1bf28d37337b982fe8ebf54846eeb'],
    ['lone \uD83D', '1717d6725c415e88afd8b9db17a2565d2b3020467357fb387011834bc3da3397'],
  ])('computes the digest of %j where it is asked to', async (sha256Of, digest) => {
    const { verdicts } = await openEmpty();
    await verdicts.put('a', [{ ...verdict('v1'), contentHash: { sha256Of } }]);
    expect((await verdicts.get('a', 'v1', NOW))?.contentHash).toBe(digest);
  });

  it('gives a record back as it was put', async () => {
    const { verdicts } = await openEmpty();
    const full = verdict('v1', { verdict: 'review', mode: 'shadow', input: 'html', expiresAt: NOW + 1 });
    const bare = verdict('v2', { text: null, spans: null, documentId: null, contentHash: null, options: {} });
    const empty = verdict('v3', { text: '', spans: [] });
    await verdicts.put('a', [full, bare, empty]);
    for (const record of [full, bare, empty]) expect(await verdicts.get('a', record.id, NOW)).toEqual(record);
    expect(await verdicts.get('a', 'v4', NOW)).toBeNull();
  });

  it('keeps texts and spans of any length', async () => {
    const { verdicts } = await openEmpty();
    const spans = Array.from({ length: 6000 }, (_, i) => ({ start: i, end: i + 1, category: 'pharma' as const }));
    const text = '賭'.repeat(1_666_666);
    await verdicts.put('a', [verdict('long', { text, spans }), verdict('spans', { text: null, spans })]);
    const [long, onlySpans] = [await verdicts.get('a', 'long', NOW), await verdicts.get('a', 'spans', NOW)];
    expect(long?.text === text).toBe(true);
    expect(long?.spans).toEqual(spans);
    expect(onlySpans?.text).toBeNull();
    expect(onlySpans?.spans).toEqual(spans);
  });

  it('puts more records at once than one statement may bind', async () => {
    const { verdicts } = await openEmpty();
    const records = Array.from({ length: 40 }, (_, i) => verdict(`v${i}`, { at: NOW + i }));
    await verdicts.put('a', records);
    expect((await verdicts.list('a', { limit: 100 }, NOW)).items).toHaveLength(40);
    await verdicts.put('a', []);
  });

  it('puts all or none where an id is taken', async () => {
    const { verdicts } = await openEmpty();
    await verdicts.put('a', [verdict('v20')]);
    const records = Array.from({ length: 30 }, (_, i) => verdict(`v${i}`, { text: 'another' }));
    await expect(verdicts.put('a', records)).rejects.toMatchObject({ code: 'conflict' });
    expect(idsOf((await verdicts.list('a', { limit: 100 }, NOW)).items)).toEqual(['v20']);
    expect((await verdicts.get('a', 'v20', NOW))?.text).toBe('text of v20');
  });

  it('refuses what no column takes', async () => {
    const { verdicts } = await openEmpty();
    const odd = { at: NOW + 0.5 };
    await expect(verdicts.put('a', [verdict('v1', odd)])).rejects.toMatchObject({ code: 'bad-input' });
    await expect(verdicts.put('a', [verdict('v1', { at: Number.NaN })])).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('lists the newest first, a page at a time, times that are equal by id', async () => {
    const { verdicts } = await openEmpty();
    const times = [0, 1, 1, 1, 2, 2, 3];
    await verdicts.put(
      'a',
      times.map((after, i) => verdict(`v${i}`, { at: NOW + after })),
    );
    for (const limit of [1, 2, 3, 7, 8]) {
      expect(await listAll(verdicts, { limit }), `pages of ${limit}`).toEqual([
        'v6',
        'v5',
        'v4',
        'v3',
        'v2',
        'v1',
        'v0',
      ]);
    }
  });

  it('lists a verdict without its heavy parts', async () => {
    const { verdicts } = await openEmpty();
    const { text: _text, spans: _spans, options: _options, ...summary } = verdict('v1');
    await verdicts.put('a', [verdict('v1')]);
    expect(await verdicts.list('a', { limit: 5 }, NOW)).toEqual({ items: [summary], next: null });
  });

  it('lists one kind', async () => {
    const { verdicts } = await openEmpty();
    const kinds = ['pass', 'block', 'clean', 'block', 'review', 'block'] as const;
    await verdicts.put(
      'a',
      kinds.map((kind, i) => verdict(`v${i}`, { at: NOW + i, verdict: kind })),
    );
    expect(await listAll(verdicts, { limit: 2, verdict: 'block' })).toEqual(['v5', 'v3', 'v1']);
    expect(await listAll(verdicts, { limit: 2, verdict: 'clean' })).toEqual(['v2']);
  });

  it('shifts no page by what is put and removed between pages', async () => {
    const { verdicts } = await openEmpty();
    await verdicts.put(
      'a',
      Array.from({ length: 6 }, (_, i) => verdict(`v${i}`, { at: NOW + i })),
    );
    const first = await verdicts.list('a', { limit: 2 }, NOW);
    await verdicts.put('a', [verdict('newer', { at: NOW + 9 }), verdict('zz same time', { at: NOW + 4 })]);
    await verdicts.remove('a', 'v4');
    const second = await verdicts.list('a', { limit: 2, cursor: first.next as string }, NOW);
    expect([idsOf(first.items), idsOf(second.items)]).toEqual([
      ['v5', 'v4'],
      ['v3', 'v2'],
    ]);
  });

  it.each(['', 'x', 'zz.', 'zz.%', '!.%22a%22', 'zz.5', '9'.repeat(20) + '.%22a%22'])(
    'refuses the cursor %j',
    async (cursor) => {
      const { verdicts } = await openEmpty();
      await expect(verdicts.list('a', { limit: 1, cursor }, NOW)).rejects.toMatchObject({ code: 'bad-cursor' });
    },
  );

  it.each([0, -1, 1.5, 1001, Number.NaN])('refuses a limit of %d', async (limit) => {
    const { verdicts } = await openEmpty();
    await expect(verdicts.list('a', { limit }, NOW)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(collected(verdicts.recentHonest('a', limit, NOW))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('forgets a verdict with its text', async () => {
    const { verdicts } = await openEmpty();
    await verdicts.put('a', [verdict('v1', { text: 'x'.repeat(600_000) })]);
    expect([await verdicts.remove('a', 'v1'), await verdicts.remove('a', 'v1')]).toEqual([true, false]);
    expect(await verdicts.get('a', 'v1', NOW)).toBeNull();
    await verdicts.put('a', [verdict('v1', { text: 'new' })]);
    expect((await verdicts.get('a', 'v1', NOW))?.text).toBe('new');
  });

  it('shows nothing that has expired, purged or not', async () => {
    const { verdicts } = await openEmpty();
    const expiries = [NOW, NOW + 1, null, NOW - 1];
    const kept = ['v2', 'v1'];
    await verdicts.put(
      'a',
      expiries.map((expiresAt, i) => verdict(`v${i}`, { expiresAt })),
    );
    expect(idsOf((await verdicts.list('a', { limit: 9 }, NOW)).items)).toEqual(kept);
    expect(await verdicts.list('a', { limit: 2, verdict: 'pass' }, NOW)).toMatchObject({
      items: kept.map((id) => ({ id })),
      next: null,
    });
    expect(idsOf(await collected(verdicts.recentHonest('a', 9, NOW)))).toEqual(kept);
    const found = await Promise.all(expiries.map((_, i) => verdicts.get('a', `v${i}`, NOW)));
    expect(found.map((record) => record?.id)).toEqual([undefined, 'v1', 'v2', undefined]);
  });

  it('purges what has expired, oldest first, and counts verdicts only', async () => {
    const { verdicts } = await openEmpty();
    const long = 'x'.repeat(600_000);
    const expiries = [NOW + 3, NOW + 1, NOW + 2, NOW + 4, null];
    await verdicts.put(
      'a',
      expiries.map((expiresAt, i) => verdict(`v${i}`, { expiresAt, text: i === 1 ? long : 'x' })),
    );
    expect(await verdicts.purgeExpired(NOW + 3, 2)).toBe(2);
    expect(idsOf((await verdicts.list('a', { limit: 9 }, NOW)).items)).toEqual(['v4', 'v3', 'v0']);
    expect(await verdicts.purgeExpired(NOW + 3, 2)).toBe(1);
    expect(await verdicts.purgeExpired(NOW + 3, 2)).toBe(0);
    expect(await verdicts.purgeExpired(NOW - 1000, 9)).toBe(0);
  });

  it('hands out nothing that is removed before it is asked for', async () => {
    const { verdicts } = await openEmpty();
    await verdicts.put(
      'a',
      Array.from({ length: 25 }, (_, i) => verdict(`v${i}`, { at: NOW - i })),
    );
    const ids: string[] = [];
    for await (const { id } of verdicts.recentHonest('a', 22, NOW)) {
      ids.push(id);
      await verdicts.remove('a', 'v20');
    }
    expect(ids).toEqual(Array.from({ length: 22 }, (_, i) => `v${i}`).filter((id) => id !== 'v20'));
  });

  it('hands out the texts that passed and were kept, newest first', async () => {
    const { verdicts } = await openEmpty();
    const long = '長'.repeat(300_000);
    await verdicts.put('a', [
      verdict('old', { at: NOW }),
      verdict('flagged', { at: NOW + 1, verdict: 'review' }),
      verdict('long', { at: NOW + 2, text: long, input: 'markdown' }),
      verdict('redacted', { at: NOW + 3, text: null }),
      verdict('new', { at: NOW + 4 }),
    ]);
    expect(await collected(verdicts.recentHonest('a', 2, NOW))).toEqual([
      { id: 'new', at: NOW + 4, input: 'text', text: 'text of new' },
      { id: 'long', at: NOW + 2, input: 'markdown', text: long },
    ]);
    expect(idsOf(await collected(verdicts.recentHonest('a', 9, NOW)))).toEqual(['new', 'long', 'old']);
  });
}
