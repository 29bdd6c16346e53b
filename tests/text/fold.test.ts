import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FoldedLine, foldString } from '../../src/text/fold.ts';

describe('foldString', () => {
  it.each([
    ['traditional', '亞洲無碼高清視頻', '亚洲无码高清视频'],
    ['upper case and full width', 'ＡＶ在线 ABC', 'av在线 abc'],
    ['accents of Latin', 'Café Đăng ký', 'cafe dang ky'],
    ['й and ё', 'Йод ёлка', 'йoд eлka'],
    ['mathematical letters', '𝒱𝒾𝒶𝑔𝓇𝒶', 'viagra'],
    ['circled letters and digits', 'ⓐⓥ①②', 'av12'],
    ['letters and digits in filled circles and squares', '🅐🅥🅿️🅾🆁🅽❶➋⓿', 'avporn120'],
    ['small capitals', 'ᴘᴏʀɴʜᴜʙ', 'pornhub'],
    ['syllables that are drawn like capitals', 'ᗩᗷᗪᎬᖴ ᑭᖇᎥᑎᎢ', 'abdef print'],
    ['look-alikes in Cyrillic and Greek', 'аv αv a∨ aⅴ', 'av av av av'],
    ['rare Han variants', '曰本 乆久 髙清 婬荡', '日本 久久 高清 淫荡'],
    ['zero width and soft hyphen', '无\u200b码\u00ad在\u2060线', '无码在线'],
    ['bidi marks', '\u202e无码\u202c', '无码'],
    ['combining strokes', '久\u0336久\u0336', '久久'],
    ['white space runs', 'a \t\u3000\u00a0 b', 'a b'],
    ['bracket pinyin', '強(qiáng)國(guó)，走過(guo)', '强国,走过'],
    ['units of measure are no pinyin', '壓力(kpa)', '压力(kpa)'],
    ['decimal and hexadecimal references', '&#20037;&#x4E45;&#20037', '久久久'],
    ['named references', '精&nbsp;品&middot;区', '精 品·区'],
    ['what only looks like a reference', 'a&b &#12 &nothing;', 'a&b &#12 &nothing;'],
    ['spread by blanks', '久 久 精 品', '久久精品'],
    ['spread by dots', '久.久.精.品', '久久精品'],
    ['spread by marks and blanks', '久 · 久 · 精 · 品', '久久精品'],
    ['spread by emoji', '久💋久💋精💋品', '久久精品'],
    ['spread Latin', 'v i a g r a', 'viagra'],
    ['spread by brackets', '【v】【i】【a】【g】【r】【a】', '【viagra】'],
    ['spread by brackets with strokes', '[̲̅v][̲̅i][̲̅a][̲̅g][̲̅r][̲̅a] now', '[viagra] now'],
    ['three spaced letters are left alone', 'A, B, C', 'a, b, c'],
    ['words in a row are no spread', '久久 精品 在线', '久久 精品 在线'],
    ['half-width kana with voicing', 'ｶﾞｰﾄﾞ', 'ガード'],
    ['conjoining jamo', '\u1112\u1161\u11ab', '한'],
    ['expansions', '㎏ ﬁ', 'kg fi'],
    ['one bar for all bars', '甲乙丨丙丁｜戊己│庚辛', '甲乙|丙丁|戊己|庚辛'],
    ['lone surrogates and NUL', 'a\ud800b\udc00c\0', 'a\ufffdb\ufffdc'],
  ])('folds %s', (_, text, folded) => {
    expect(foldString(text)).toBe(folded);
  });

  it('is a fixed point: what is folded folds to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = foldString(text).replaceAll('&', '');
        expect(foldString(once)).toBe(foldString(foldString(once)));
      }),
    );
  });
});

describe('FoldedLine', () => {
  const line = new FoldedLine();

  it('maps every unit back: the pieces tile the line from the first unit on', () => {
    const text = fc.string({
      unit: fc.constantFrom('久', ' ', '.', 'a', '強(qiáng)', '\u200b', '&#20037;', '㎏', '💋', '\ud800'),
    });
    fc.assert(
      fc.property(text, fc.nat(5), (source, before) => {
        const whole = 'x'.repeat(before) + source;
        line.fold(whole, before, whole.length);
        for (let k = 0; k < line.length; k++) expect(line.starts[k]).toBeLessThanOrEqual(line.starts[k + 1]);
        expect(line.starts[line.length]).toBe(whole.length);
        if (line.length > 0) expect(line.starts[0]).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('points at the source of a folded character', () => {
    const text = '甲&#20037;強(qiáng)乙';
    line.fold(text, 0, text.length);
    const pieces = Array.from({ length: line.length }, (_, k) => text.slice(line.starts[k], line.starts[k + 1]));
    expect(pieces).toEqual(['甲', '&#20037;', '強(qiáng)', '乙']);
  });

  it('folds ten million units on one line', () => {
    const text = '久久精品，'.repeat(2_000_000);
    line.fold(text, 0, text.length);
    expect(line.length).toBe(text.length);
  });
});
