import { describe, expect, it } from 'vitest';
import { loadBaseSieve } from '../../src/node/base-sieve.ts';
import { FoldedLine } from '../../src/text/fold.ts';
import { styledNames } from '../../src/verdict/styled.ts';

const sieve = await loadBaseSieve();
const folded = new FoldedLine();

/** What stands up to the end of each name. */
function names(text: string): string[] {
  folded.fold(text, 0, text.length);
  return styledNames(text, folded).map((at) => text.slice(0, folded.starts[at + 1]));
}

describe('a name in styled letters with a number', () => {
  it.each(['𝗥𝗔𝗝𝗔𝟳𝟳', 'di 𝐊𝐄𝐑𝐈𝐒𝟏𝟑𝟖', 'ke 🅼🅴🅶🅰88', '𝙏-𝙊-𝙋-𝘼-𝙕-𝟵-𝟵', '𝓝𝓪𝓰𝓪303', '𝗥𝗔 𝗝𝗔 𝟳𝟳', '𝐓 𝐎-𝐏 𝟕 𝟕 𝟕'])('%s', (text) =>
    expect(names(text)).toEqual([text]),
  );

  it.each(['R A J A 77', 'main di M-E-G-A-8-8', 'di K E R I S138', 't o p a z 3 0 3', '[r][a][j][a][7][7'])(
    'or letter by letter: %s',
    (text) => expect(names(text)).toEqual([text]),
  );

  it('is one of several', () => expect(names('𝗥𝗔𝗝𝗔𝟳𝟳, 𝐊𝐄𝐑𝐈𝐒𝟏𝟑𝟖')).toEqual(['𝗥𝗔𝗝𝗔𝟳𝟳', '𝗥𝗔𝗝𝗔𝟳𝟳, 𝐊𝐄𝐑𝐈𝐒𝟏𝟑𝟖']));

  it.each([
    ['letters as they are', 'RAJA77'],
    ['no number', '𝗥𝗔𝗝𝗔'],
    ['one digit', '𝗣𝗮𝗿𝘁𝟭'],
    ['a year', '𝗝𝗮𝗻𝘂𝗮𝗿𝟮𝟬𝟮𝟲'],
    ['a number that is a word of its own', '𝗣𝗮𝗿𝘁 𝟭𝟮'],
    ['two letters', '𝗨𝗦𝟭𝟬𝟬'],
    ['a formula', '𝑥𝑦 = 𝟏𝟎'],
    ['flags', '🇮🇩77'],
    ['an abbreviation', 'U.S.S.R. 77'],
    ['letters apart without a number', 'T O P A Z'],
    ['the head of a chapter', 'C H A P T E R 2026'],
  ])('but not %s', (_, text) => expect(names(text)).toEqual([]));
});

describe('its weight', () => {
  const reasonsOf = (text: string) =>
    sieve.check({ text }).spans.flatMap(({ reasons }) => reasons.filter(({ code }) => code === 'styled'));

  it('is a reason of a finding', () => {
    expect(reasonsOf('depo cepat, 𝗥𝗔𝗝𝗔𝟳𝟳 gacor terus')).toEqual([{ code: 'styled', weight: 3 }]);
    expect(reasonsOf('depo cepat, RAJA77 gacor terus')).toEqual([]);
  });

  it('is looked for in linear time in a line of such letters', () => {
    const letters = '𝗔'.repeat(30_000);
    expect(names(`${letters}77`)).toEqual([`${letters}77`]);
    expect(names('a '.repeat(30_000))).toEqual([]);
  });

  it.each([
    'C H A P T E R 12 begins with the arrival of the ship',
    '𝗖𝗢𝗩𝗜𝗗-𝟭𝟵 vaccines are free for everyone over sixty',
    'Tickets for 𝐄𝐔𝐑𝐎𝟐𝟒 went on sale this morning',
    '𝗧𝗼𝗽𝟭𝟬 recipes for the weekend',
    'Belajar 𝗕𝗔𝗕𝟭𝟮 matematika kelas enam',
  ])('condemns no honest headline: %s', (text) => expect(sieve.check({ text }).spans).toEqual([]));
});
