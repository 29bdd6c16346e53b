import { describe, expect, it } from 'vitest';
import { plainDocument } from '../../src/text/document.ts';
import { htmlDocument } from '../../src/text/markup-html.ts';
import { Context } from '../../src/verdict/context.ts';

const CHINESE = '委員會昨天討論了這個問題，認為還沒有足夠的證據。'.repeat(8);
const ENGLISH = 'The committee met yesterday and found the evidence wanting. '.repeat(4).trim();

/** The codes for `span` where it stands between `before` and `after`. */
function codesOf(before: string, span: string, after: string): string[] {
  const context = new Context(plainDocument(before + span + after));
  const reasons = context.reasons({ start: before.length, end: before.length + span.length }, 'text');
  expect(reasons.every(({ weight }) => weight > 0)).toBe(true);
  return reasons.map(({ code }) => code);
}

describe('the place of a span', () => {
  it('is the tail where no word follows, whatever marks do', () => {
    expect(codesOf(`${ENGLISH}\n`, 'a few more words', '\n\n ***\n')).toEqual(['tail']);
    expect(codesOf(`${ENGLISH}\n`, 'a few more words', '\nEnd')).toEqual([]);
  });

  it('is the head where no word comes before', () => {
    expect(codesOf(' * ', 'a few more words', `\n${ENGLISH}`)).toEqual(['head']);
    expect(codesOf('Title\n', 'a few more words', `\n${ENGLISH}`)).toEqual([]);
  });

  it('says nothing in a document of hardly more than the span', () => {
    expect(codesOf('One short sentence.\n', 'a few more words', '')).toEqual([]);
  });
});

describe('a line of links', () => {
  const LINKS = '<p><a href="/a">a few</a> | <a href="/b">more words</a></p>';

  /** The codes for the line that begins with the words of `LINKS`. */
  function codesIn(html: string): string[] {
    const document = htmlDocument(html);
    const start = document.text.indexOf('a few');
    const kind = document.marks?.[document.text.slice(0, start).split('\n').length - 1].kind ?? 'text';
    return new Context(document)
      .reasons({ start, end: start + 'a few | more words'.length }, kind)
      .map(({ code }) => code);
  }

  it('speaks in an article', () => {
    expect(codesIn(`<p>${ENGLISH}</p>${LINKS}<p>End</p>`)).toEqual(['links']);
  });

  it.each([
    [
      'with words beside the links',
      `<p>${ENGLISH}</p><p>See <a href="/a">a few</a> | <a href="/b">more words</a></p><p>End</p>`,
    ],
    ['on a page of links', `<p><a href="/x">${ENGLISH}</a></p>${LINKS}<p>End</p>`],
    ['without links', `<p>${ENGLISH}</p><p>a few | more words</p><p>End</p>`],
  ])('says nothing %s', (_, html) => {
    expect(codesIn(html)).toEqual([]);
  });
});

describe('the script of a span', () => {
  it.each([
    ['Latin in a Chinese article', CHINESE, 'a few more words', ['script']],
    ['Russian in an English one', ENGLISH, 'ещё немного слов', ['script']],
    ['simplified in a traditional one', CHINESE, '这个问题没有简单', ['script']],
    ['traditional in a traditional one', CHINESE, '這個問題沒有簡單', []],
    ['Han of neither form', CHINESE, '人口大小', []],
    ['English in an English one', ENGLISH, 'some more words', []],
    ['Han in a Japanese one', 'これは日本語の文章です。とても長いです。'.repeat(10), '人口問題', []],
    ['three letters', CHINESE, 'CPU', []],
  ])('%s', (_, article, span, codes) => {
    expect(codesOf(`${article}\n`, span, `\n${article}`)).toEqual(codes);
  });
});
