import { describe, expect, it } from 'vitest';
import { decodeLearned, encodeLearned } from '../../src/bayes/figures.ts';
import { adapt } from '../../src/samples/adapt.ts';
import { Learner } from '../../src/samples/learner.ts';
import { base } from './parts.ts';

const sample = (id: string, text: string, author: string, label: 'legit' | 'spam' = 'spam') => ({
  id,
  text,
  author,
  label,
  influence: 7,
});

describe('what was learned, as bytes', () => {
  it('comes back as it was, authors in any script included', async () => {
    const learner = new Learner();
    learner.learn(sample('a', 'rulet masaları - kaçak iddaa', '編輯\ud800'));
    learner.learn(sample('b', 'an honest line', '', 'legit'));
    const bytes = await encodeLearned(learner.counts);
    const again = await decodeLearned(bytes);
    expect(again.entries()).toEqual(learner.counts.entries());
    expect((await adapt(base, again)).model.digest).toBe((await adapt(base, learner.counts)).model.digest);
  });

  it('is the same whatever the order, and nothing once all is taken back', async () => {
    const samples = [
      sample('a', 'rulet masaları', 'x'),
      sample('b', 'kaçak iddaa', 'y'),
      sample('c', 'poker turnuvası', 'x'),
    ];
    const encoded = async (order: typeof samples): Promise<Buffer> => {
      const learner = new Learner();
      for (const one of order) learner.learn(one);
      return Buffer.from(await encodeLearned(learner.counts));
    };
    expect((await encoded(samples)).equals(await encoded([...samples].reverse()))).toBe(true);
    const learner = new Learner();
    for (const one of samples) learner.learn(one);
    for (const one of samples) learner.forget(one);
    expect(learner.counts.entries()).toEqual([]);
  });

  it('is refused where it is damaged', async () => {
    const bytes = await encodeLearned(new Learner().counts);
    bytes[8] ^= 1;
    await expect(decodeLearned(bytes)).rejects.toThrow(/damaged/);
  });
});
