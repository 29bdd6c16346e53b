import { expect, it } from 'vitest';
import type { OpenEmpty } from '../conformance.ts';

export function figureTests(openEmpty: OpenEmpty): void {
  it('adds up what came in a week', async () => {
    const { figures } = await openEmpty();
    await figures.add('a', '2026-W47', [
      { figure: 'verdict', key: 'pass', count: 5 },
      { figure: 'rule', key: 'adult.region', count: 1 },
    ]);
    await figures.add('a', '2026-W47', [{ figure: 'verdict', key: 'pass', count: 2 }]);
    await figures.add('a', '2026-W48', [{ figure: 'verdict', key: 'pass', count: 9 }]);
    await figures.add('b', '2026-W47', [{ figure: 'verdict', key: 'pass', count: 1 }]);
    expect(await figures.of('a', '2026-W47')).toEqual([
      { figure: 'rule', key: 'adult.region', count: 1 },
      { figure: 'verdict', key: 'pass', count: 7 },
    ]);
    expect(await figures.weeks('a', 9)).toEqual(['2026-W48', '2026-W47']);
    expect(await figures.weeks('a', 1)).toEqual(['2026-W48']);
  });

  it('takes more at once than a statement may bind', async () => {
    const { figures } = await openEmpty();
    const many = Array.from({ length: 200 }, (_, at) => ({ figure: 'rule', key: `r${at}`, count: at + 1 }));
    await figures.add('a', '2026-W47', many);
    const found = await figures.of('a', '2026-W47');
    expect(found).toHaveLength(200);
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(20_100);
    await figures.add('a', '2026-W47', []);
  });
}
