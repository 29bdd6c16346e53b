import { describe, expect, it } from 'vitest';
import { checkSample, LONGEST_TEXT, SampleError, sampleHash } from '../../src/samples/sample.ts';
import { BARE } from './formats/rows.ts';

describe('checkSample', () => {
  it('takes text and label, and fills in the rest', () => {
    expect(checkSample({ text: 'x', label: 'spam' }, 'a:1')).toEqual({ ...BARE, text: 'x', label: 'spam' });
  });

  it('takes what a row does not say from the defaults, a category only for spam', () => {
    const defaults = { author: 'ann', category: 'gambling', origin: 'human' } as const;
    expect(checkSample({ text: 'x', label: 'spam', author: 'bob' }, 'a:1', defaults)).toMatchObject({
      author: 'bob',
      category: 'gambling',
      origin: 'human',
    });
    expect(checkSample({ text: 'x', label: 'legit' }, 'a:1', defaults).category).toBeNull();
  });

  it.each([['two\nlines'], ['a\0b'], ['a\ud800'], ['x'.repeat(LONGEST_TEXT)], ['!!!']])('takes the text %j', (text) => {
    expect(checkSample({ text, label: 'legit' }, 'a:1').text).toBe(text);
  });

  it.each([
    [null, 'object'],
    [[], 'object'],
    ['text', 'object'],
    [{ label: 'spam' }, 'text must be a string'],
    [{ text: 7, label: 'spam' }, 'text must be a string'],
    [{ text: '', label: 'spam' }, 'blank'],
    [{ text: ' \u3000\n\u200b', label: 'spam' }, 'blank'],
    [{ text: 'x'.repeat(LONGEST_TEXT + 1), label: 'spam' }, `more than ${LONGEST_TEXT}; label`],
    [{ text: 'x' }, 'label that is missing is none of legit, spam'],
    [{ text: 'x', label: 'ham' }, '"ham" is none of legit, spam'],
    [{ text: 'x', label: 'constructor' }, 'none of legit, spam'],
    [{ text: 'x', label: 'spam', category: 'toString' }, 'none of adult, gambling'],
    [{ text: 'x', label: 'legit', category: 'adult' }, 'belongs to spam'],
    [{ text: 'x', label: 'spam', language: 'no such tag' }, 'language'],
    [{ text: 'x', label: 'spam', origin: 'auto' }, 'none of human, rule, import'],
    [{ text: 'x', label: 'spam', author: 5 }, 'author must be a string'],
    [{ text: 'x', label: 'spam', site: 's'.repeat(1001) }, 'site has 1001 units'],
    [{ text: 'x', label: 'spam', span: { start: 4, end: 4 } }, 'span must be'],
    [{ text: 'x', label: 'spam', span: 'all' }, 'span must be'],
    [{ text: 'x', label: 'spam', span: { start: 0.5, end: 4 } }, 'span must be'],
  ])('refuses %j', (value, detail) => {
    const check = () => checkSample(value, 'file:3');
    expect(check).toThrow(SampleError);
    expect(check).toThrow(/^file:3: /);
    expect(check).toThrow(detail);
  });

  it('reads no field from a prototype', () => {
    const value = Object.create({ label: 'spam' }) as { text: string };
    value.text = 'x';
    expect(() => checkSample(value, 'a:1')).toThrow('label that is missing');
    expect(checkSample(JSON.parse('{"text":"x","label":"spam","__proto__":{"author":"eve"}}'), 'a:1').author).toBe('');
  });
});

describe('sampleHash', () => {
  it('is one for texts that look alike, or are joined otherwise', async () => {
    const hash = await sampleHash('Best Casino 國產, bonus');
    expect(hash).toMatch(/^[\da-f]{64}$/);
    for (const alike of [
      'best casino｜国产 bonus',
      '  BEST  cаsino 国产\n――bonus!!',
      'ｂｅｓｔ\u200b casino\n\n国产\nbonus',
    ]) {
      expect(await sampleHash(alike), alike).toBe(hash);
    }
  });

  it('differs where words differ, and where marks are all there is', async () => {
    const texts = ['best casino', 'bestcasino', 'best casinos', '!!!', '???', '…', '。'];
    expect(new Set(await Promise.all(texts.map(sampleHash))).size).toBe(texts.length);
  });
});
