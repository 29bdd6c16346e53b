import { describe, expect, it } from 'vitest';
import { countScripts, dominantScript } from '../../src/text/script.ts';

function scriptOf(text: string, fewest = 2): string | null {
  return dominantScript(countScripts(text, 0, text.length), fewest);
}

describe('the dominant script', () => {
  it.each([
    ['an English line, with 3 numbers', 'latin'],
    ['Đây là tiếng Việt', 'latin'],
    ['Это русский язык', 'cyrillic'],
    ['ภาษาไทย', 'thai'],
    ['한국어 문장입니다', 'hangul'],
    ['これは日本語の文章です', 'kana'],
    ['这个问题没有那么简单', 'hans'],
    ['這個問題沒有那麼簡單', 'hant'],
    ['人口大小', 'han'],
    ['half русский text наполовину', null],
    ['12, 34!', null],
    ['', null],
  ])('of %j is %s', (text, script) => {
    expect(scriptOf(text)).toBe(script);
  });

  it('needs so many letters', () => {
    expect([scriptOf('abc', 3), scriptOf('abc', 4)]).toEqual(['latin', null]);
  });

  it('is that of the stretch alone', () => {
    const text = 'перед one two three после';
    const at = text.indexOf('one');
    expect(dominantScript(countScripts(text, at, at + 13), 4)).toBe('latin');
  });

  it('is undecided between the forms of Han where both stand', () => {
    expect(scriptOf('这個问題没有')).toBe('han');
  });
});
