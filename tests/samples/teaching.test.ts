import { describe, expect, it } from 'vitest';
import { questions, type Doubtful } from '../../src/samples/teaching.ts';

const line = (id: string, text: string, part: Partial<Doubtful> = {}): Doubtful => ({
  id,
  text,
  posterior: 0,
  bayes: -20,
  rules: 0,
  unseen: 0,
  ...part,
});

const ask = (lines: readonly Doubtful[], limit = 10) => questions(lines, limit);

describe('what a label would teach most', () => {
  it('is near even, where rules and model disagree, and many alike that are not settled', () => {
    const asked = ask([
      line('sure', '会议强调要坚持以人民为中心的发展思想', { posterior: 0.001 }),
      line('even', '今晚八点直播间见面领取福利', { posterior: 0.5 }),
      line('against', '本片讲述了一个家庭的故事', { posterior: 0.1, rules: 6, bayes: -9 }),
      ...['', '!', ' ♥'].map((end, at) =>
        line(`new${at}`, `rulet masaları, kaçak iddaa oranları${end}`, { posterior: 0.1 }),
      ),
    ]);
    expect(asked.map(({ id }) => id)).toEqual(['against', 'even', 'new0', 'sure']);
    expect(asked.map(({ grounds }) => grounds)).toEqual([['rules-against-bayes'], ['uncertain'], ['repeated'], []]);
    expect(asked[2].alike).toBe(3);
  });

  it('does not ask again for what is repeated and settled', () => {
    const [asked] = ask(
      ['', '!', '?'].map((end, at) => line(`m${at}`, `Zum Inhalt springen${end}`, { posterior: 0.0001 })),
    );
    expect(asked).toMatchObject({ alike: 3, grounds: [] });
    expect(asked.value).toBeLessThan(0.01);
  });

  it('is of terms that the model was not made of', () => {
    const [novel, ordinary] = ask([
      line('ordinary', 'the council met on Monday', { unseen: 0.25 }),
      line('novel', 'a tanács hétfőn ülésezett', { unseen: 0.9 }),
    ]);
    expect(novel).toMatchObject({ id: 'novel', grounds: ['novel'] });
    expect(novel.value).toBeGreaterThan(0.8);
    expect(ordinary).toMatchObject({ value: 0, grounds: [] });
  });

  it('asks for a campaign once', () => {
    const campaign = [
      'rulet masaları, kaçak iddaa oranları',
      'kaçak iddaa oranları, rulet masaları!',
      'Rulet Masaları kaçak iddaa oranları',
    ];
    const asked = ask(campaign.map((text, at) => line(`c${at}`, text, { posterior: 0.5 - at / 100 })));
    expect(asked.map(({ id }) => id)).toEqual(['c0']);
  });

  it('gives the same list in any order, ties by id, and no more than asked', () => {
    const lines = ['b', 'a', 'c'].map((id) =>
      line(id, `${id.repeat(8)} unlike ${id.charCodeAt(0) ** 7}`, { posterior: 0.5 }),
    );
    const ids = ask(lines, 2).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(ask([...lines].reverse(), 2).map(({ id }) => id)).toEqual(ids);
  });

  it('has nothing to ask of nothing', () => {
    expect(ask([])).toEqual([]);
  });
});
