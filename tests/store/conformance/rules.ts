import { expect, it } from 'vitest';
import type { OpenEmpty } from '../conformance.ts';
import { NOW, siteRule } from '../samples.ts';

export function ruleTests(openEmpty: OpenEmpty): void {
  it('holds nothing at first', async () => {
    const { rules } = await openEmpty();
    expect(await rules.list('a', NOW)).toEqual({ revision: 0, rules: [], changesAt: null });
    expect(await rules.revision('a')).toBe(0);
  });

  it('gives rules back as they were put, by id', async () => {
    const { rules } = await openEmpty();
    const allow = siteRule('a1', { kind: 'allow', category: '', weight: 0, expiresAt: NOW + 9 });
    await rules.put('a', siteRule('d1'));
    await rules.put('a', allow);
    expect((await rules.list('a', NOW)).rules).toEqual([allow, siteRule('d1')]);
    expect(await rules.get('a', 'a1')).toEqual(allow);
    expect(await rules.get('a', 'a2')).toBeNull();
  });

  it('replaces a rule of the same id', async () => {
    const { rules } = await openEmpty();
    await rules.put('a', siteRule('d1'));
    await rules.put('a', siteRule('d1', { weight: 4 }));
    expect((await rules.list('a', NOW)).rules).toEqual([siteRule('d1', { weight: 4 })]);
  });

  it('holds no more in force than may be, and replaces one of them', async () => {
    const { rules } = await openEmpty();
    await rules.put('b', siteRule('d0'));
    await rules.put('a', siteRule('expired', { expiresAt: NOW }));
    const ids = Array.from({ length: 8 }, (_, i) => `d${i}`);
    const held = await Promise.all(ids.map((id) => rules.put('a', siteRule(id), 5)));
    expect(held.filter(Boolean)).toHaveLength(5);
    const inForce = (await rules.list('a', NOW)).rules;
    expect(inForce).toHaveLength(5);
    const [first] = inForce;
    expect(await rules.put('a', siteRule(first?.id ?? '', { weight: 4 }), 5)).toBe(true);
    expect(await rules.put('a', siteRule('expired'), 5)).toBe(false);
    expect((await rules.list('a', NOW)).rules).toEqual([{ ...first, weight: 4 }, ...inForce.slice(1)]);
  });

  it('says with every write that compiled rules are old, to the tenant that wrote', async () => {
    const { rules } = await openEmpty();
    const seen = [await rules.revision('a')];
    await rules.put('a', siteRule('d1'));
    seen.push(await rules.revision('a'));
    await rules.put('a', siteRule('d1'));
    seen.push((await rules.list('a', NOW)).revision);
    await rules.delete('a', 'd1');
    seen.push(await rules.revision('a'));
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(await rules.revision('b')).toBe(0);
  });

  it('leaves out what has expired and says when the next one will', async () => {
    const { rules } = await openEmpty();
    await rules.put('a', siteRule('d1', { expiresAt: NOW }));
    await rules.put('a', siteRule('d2', { expiresAt: NOW + 7 }));
    await rules.put('a', siteRule('d3', { expiresAt: NOW + 5 }));
    await rules.put('a', siteRule('d4'));
    const { rules: inForce, changesAt } = await rules.list('a', NOW);
    expect([inForce.map(({ id }) => id), changesAt]).toEqual([['d2', 'd3', 'd4'], NOW + 5]);
    expect((await rules.list('a', NOW - 1)).rules).toHaveLength(4);
  });

  it('deletes once', async () => {
    const { rules } = await openEmpty();
    await rules.put('a', siteRule('d1'));
    expect([await rules.delete('a', 'd1'), await rules.delete('a', 'd1')]).toEqual([true, false]);
    expect((await rules.list('a', NOW)).rules).toEqual([]);
  });
}
