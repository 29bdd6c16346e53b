import { expect, it } from 'vitest';
import type { OpenEmpty } from '../conformance.ts';
import { NOW, sample } from '../samples.ts';

export function sampleTests(openEmpty: OpenEmpty): void {
  it('holds nothing at first', async () => {
    const { samples } = await openEmpty();
    expect(await samples.list('a', { limit: 10 })).toEqual({ items: [], next: null });
    expect(await samples.counts('a')).toEqual({ active: 0, withdrawn: 0, ignored: 0, conflict: 0 });
    expect([await samples.revision('a'), await samples.changedSince('a', { revision: 0, id: '' }, 10)]).toEqual([
      0,
      [],
    ]);
    expect(await samples.add('a', [])).toEqual([]);
  });

  it('gives a sample back as it was added', async () => {
    const { samples } = await openEmpty();
    const odd = sample('s1', {
      text: 'a\u0000\ud800\n久',
      category: null,
      language: null,
      site: null,
      documentId: null,
    });
    const [{ outcome, with: other }] = await samples.add('a', [odd]);
    expect([outcome, other]).toEqual(['added', null]);
    expect(await samples.get('a', 's1')).toEqual({ ...odd, state: 'active', revision: 1 });
    expect(await samples.get('b', 's1')).toBeNull();
    expect((await samples.activeWith('a', odd.textHash))?.id).toBe('s1');
    expect(await samples.activeWith('a', 'another')).toBeNull();
  });

  it('keeps the same text with the same label once', async () => {
    const { samples } = await openEmpty();
    await samples.add('a', [sample('s1')]);
    const again = [sample('s2', { textHash: 'hash of s1' }), sample('s3'), sample('s4', { textHash: 'hash of s3' })];
    const outcomes = await samples.add('a', again);
    expect(outcomes.map(({ outcome, with: other }) => [outcome, other])).toEqual([
      ['duplicate', 's1'],
      ['added', null],
      ['duplicate', 's3'],
    ]);
    expect((await samples.counts('a')).active).toBe(2);
  });

  it('learns the label of a person, whatever a rule or an import says, before and after', async () => {
    const { samples } = await openEmpty();
    await samples.add('a', [sample('i', { origin: 'import', textHash: 'h' })]);
    const [rule] = await samples.add('a', [sample('r', { origin: 'rule', label: 'legit', textHash: 'h' })]);
    expect([rule.outcome, rule.with]).toEqual(['added', 'i']);
    await samples.add('a', [sample('p', { label: 'spam', textHash: 'h' })]);
    const [late] = await samples.add('a', [sample('l', { origin: 'import', label: 'legit', textHash: 'h' })]);
    expect([late.outcome, late.with, late.sample.state]).toEqual(['conflict', 'p', 'ignored']);
    const states = await Promise.all(['i', 'r', 'p', 'l'].map(async (id) => (await samples.get('a', id))?.state));
    expect(states).toEqual(['ignored', 'ignored', 'active', 'ignored']);
  });

  it('lists what two people say differently, and learns the first until somebody decides', async () => {
    const { samples } = await openEmpty();
    await samples.add('a', [sample('s1', { textHash: 'h' })]);
    const [{ outcome }] = await samples.add('a', [sample('s2', { textHash: 'h', label: 'legit', author: 'other' })]);
    expect(outcome).toBe('conflict');
    expect((await samples.list('a', { limit: 5, state: 'conflict' })).items.map(({ id }) => id)).toEqual(['s2']);
    await expect(samples.setState('a', 's2', 'active')).rejects.toMatchObject({ code: 'conflict' });
    await samples.setState('a', 's1', 'withdrawn');
    expect(await samples.setState('a', 's2', 'active')).toBe(true);
    expect((await samples.learned('a', '', 10)).map(({ id }) => id)).toEqual(['s2']);
  });

  it('decides within one call as between calls', async () => {
    const { samples } = await openEmpty();
    const outcomes = await samples.add('a', [
      sample('i', { origin: 'import', textHash: 'h' }),
      sample('p', { label: 'legit', textHash: 'h' }),
    ]);
    expect(outcomes.map(({ sample: { id, state } }) => [id, state])).toEqual([
      ['i', 'ignored'],
      ['p', 'active'],
    ]);
    expect((await samples.get('a', 'i'))?.state).toBe('ignored');
  });

  it('counts every change, so that a learner can follow', async () => {
    const { samples } = await openEmpty();
    await samples.add('a', [sample('s1'), sample('s2')]);
    await samples.add('a', [sample('s3')]);
    expect(await samples.setState('a', 's1', 'withdrawn')).toBe(true);
    expect(await samples.setState('a', 's1', 'withdrawn')).toBe(false);
    expect(await samples.setState('a', 'none', 'withdrawn')).toBe(false);
    const revision = await samples.revision('a');
    const changed = await samples.changedSince('a', { revision: 2, id: '' }, 10);
    expect(changed.map(({ id, state }) => [id, state])).toEqual([
      ['s3', 'active'],
      ['s1', 'withdrawn'],
    ]);
    expect(changed.every((one) => one.revision <= revision)).toBe(true);
    expect((await samples.changedSince('a', { revision: 1, id: 's1' }, 2)).map(({ id }) => id)).toEqual(['s2', 's3']);
    expect(await samples.revision('b')).toBe(0);
    expect(await samples.revisions()).toEqual([{ tenant: 'a', revision }]);
  });

  it('may be added again after it was withdrawn', async () => {
    const { samples } = await openEmpty();
    await samples.add('a', [sample('s1', { textHash: 'h' })]);
    await samples.setState('a', 's1', 'withdrawn');
    const [{ outcome }] = await samples.add('a', [sample('s2', { textHash: 'h', label: 'legit' })]);
    expect(outcome).toBe('added');
  });

  it('pages newest first, by state and author', async () => {
    const { samples } = await openEmpty();
    const five = [0, 1, 2, 3, 4].map((at) =>
      sample(`s${at}`, { createdAt: NOW + at, author: at % 2 === 0 ? 'x' : 'y' }),
    );
    await samples.add('a', five);
    const first = await samples.list('a', { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['s4', 's3']);
    const rest = await samples.list('a', { limit: 5, cursor: first.next ?? '' });
    expect([rest.items.map(({ id }) => id), rest.next]).toEqual([['s2', 's1', 's0'], null]);
    expect((await samples.list('a', { limit: 5, author: 'y' })).items.map(({ id }) => id)).toEqual(['s3', 's1']);
    await samples.setState('a', 's1', 'withdrawn');
    const both = await samples.list('a', { limit: 5, author: 'y', state: 'active' });
    expect(both.items.map(({ id }) => id)).toEqual(['s3']);
  });

  it('withdraws all of an author and says how many, and counts what was given since a time', async () => {
    const { samples } = await openEmpty();
    const many = Array.from({ length: 250 }, (_, at) => sample(`m${at}`, { author: 'mallory', createdAt: NOW + at }));
    await samples.add('a', [...many, sample('s1')]);
    expect(await samples.countFrom('a', 'mallory', NOW + 100)).toBe(150);
    expect(await samples.withdrawAuthor('a', 'mallory', 1000)).toBe(250);
    expect(await samples.withdrawAuthor('a', 'mallory', 1000)).toBe(0);
    expect(await samples.counts('a')).toMatchObject({ active: 1, withdrawn: 250 });
    expect(await samples.countFrom('a', 'mallory', NOW)).toBe(250);
  });

  it('withdraws many by id, and says how many were not withdrawn', async () => {
    const { samples } = await openEmpty();
    await samples.add(
      'a',
      Array.from({ length: 250 }, (_, at) => sample(`m${at}`)),
    );
    const ids = Array.from({ length: 220 }, (_, at) => `m${at}`);
    expect(await samples.withdraw('a', [])).toBe(0);
    expect(await samples.withdraw('a', [...ids.slice(0, 120), 'none'])).toBe(120);
    const revision = await samples.revision('a');
    expect(await samples.withdraw('a', ids)).toBe(100);
    expect(await samples.counts('a')).toMatchObject({ active: 30, withdrawn: 220 });
    const changed = await samples.changedSince('a', { revision: revision + 1, id: '' }, 999);
    expect(changed).toHaveLength(100);
  });

  it('gives what is learned in pages by id', async () => {
    const { samples } = await openEmpty();
    await samples.add('a', [sample('c'), sample('a'), sample('b')]);
    await samples.add('b', [sample('z')]);
    await samples.setState('a', 'b', 'withdrawn');
    expect((await samples.learned('a', '', 1)).map(({ id }) => id)).toEqual(['a']);
    expect((await samples.learned('a', 'a', 9)).map(({ id }) => id)).toEqual(['c']);
  });

  it('refuses an influence below one and a label that there is not', async () => {
    const { samples } = await openEmpty();
    await expect(samples.add('a', [sample('s1', { influence: 0 })])).rejects.toThrow();
    await expect(samples.add('a', [sample('s1', { label: 'ham' as 'legit' })])).rejects.toThrow();
    expect(await samples.revision('a')).toBe(0);
  });
}
