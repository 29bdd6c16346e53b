import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlDocument } from '../../src/text/markup-html.ts';
import { offsetFault, without, withoutWords } from './markup-reading.ts';
import { structureOf } from './markup-structure.ts';

const CASES: readonly (readonly [what: string, source: string, words: string, left: string])[] = [
  ['words in a sentence', '<p>前词后</p>', '词', '<p>前后</p>'],
  ['a whole element', '<p>前<a href="x">词</a>后</p>', '词', '<p>前后</p>'],
  ['a paragraph', '<p>前</p><p>词</p><p>后</p>', '词', '<p>前</p><p>后</p>'],
  ['elements inside', '<p>前</p><div><p><b>词</b></p></div>', '词', '<p>前</p>'],
  ['a list of links is one part', '<p>前 <a>词</a>, <a>语</a> 后</p>', '词, 语', '<p>前  后</p>'],
  ['a tag that opens inside and closes outside', '<p>词<b>语后</b></p>', '词语', '<p><b>后</b></p>'],
  ['and the other way round', '<p><b>前词</b>语</p>', '词语', '<p><b>前</b></p>'],
  ['misnested tags', '<b>词<i>语</b>后</i>', '词语', '<b><i></b>后</i>'],
  ['a paragraph without an end tag', '<div><p>词<p>后</div>', '词', '<div><p>后</div>'],
  ['a cell', '<table><tr><td>词</td><td>后</td></tr></table>', '词', '<table><tr><td></td><td>后</td></tr></table>'],
  ['what holds a picture', '<a><img src=x>词</a>后', '词', '<a><img src=x></a>后'],
  ['what holds a script', '<div>词<script>1</script></div>后', '词', '<div><script>1</script></div>后'],
  ['an attribute keeps its quotes', '<img alt="前词">', '词', '<img alt="前">'],
  ['even where it is all of it', "<img alt='词' src=x>", '词', "<img alt='' src=x>"],
  ['an attribute without quotes goes', '<img alt=词 src=x>', '词', '<img  src=x>'],
  ['a description', '<meta name=description content="词">', '词', '<meta name=description content="">'],
  ['an element with its own tooltip', '前<b title="语">词</b>', '词', '前'],
  ['references', '前&#35789;后', '词', '前后'],
  ['lines with their breaks', '前<br>词<br>语<br>后', '词\n语', '前<br><br>后'],
  ['part of a comment', '<!-- 前 词 -->', '词', '<!-- 前  -->'],
  ['a comment', '前<!-- 词 -->', '词', '前'],
  ['a comment that would end early', '<!-- -词-> 前 -->后', '词', '<!-- - 前 -->后'],
  ['no tag is made', '前<词b>后', '词', '前b>后'],
  ['nor by an element that goes', '前<<i>词</i>b>后', '词', '前b>后'],
  ['nor an end tag', '<title>前</ti词tle>后</title>', '词', '<title>前tle>后</title>'],
  [
    'hidden lists',
    '<p>前</p><div style="display:none"><a>垃圾词一</a>_<a>垃圾词二</a></div>',
    '垃圾词一_垃圾词二',
    '<p>前</p>',
  ],
];

const NAMES = ['p', 'div', 'b', 'a', 'ul', 'li', 'span', 'td', 'table', 'i', 'title', 'made-up'];

/** Well-formed HTML of numbered words, so that each of them occurs once. */
const wellFormed = fc
  .letrec<{ node: string; nodes: string[] }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(
        '词',
        '&#35789;',
        ' 词 ',
        '词 词',
        '<br>',
        '<a href=x>词</a>',
        '<img alt="词">',
        '<!--词-->',
        '<wbr title="词">',
        ' ',
        '<',
        '&amp;词',
      ),
      fc
        .tuple(
          fc.constantFrom('b', 'i', 'span', 'div', 'ul', 'made-up'),
          fc.constantFrom('', ' hidden', ' class=x'),
          tie('nodes'),
        )
        .map(([name, attribute, inside]) => `<${name}${attribute}>${inside.join('')}</${name}>`),
    ),
    nodes: fc.array(tie('node'), { maxLength: 5 }),
  }))
  .nodes.map((nodes) => {
    let count = 0;
    return nodes.join('').replace(/词/g, () => `字${count++}字`);
  });

const broken = fc
  .array(
    fc.oneof(
      fc.constantFrom(...NAMES).map((name) => `<${name}>`),
      fc.constantFrom(...NAMES).map((name) => `</${name}>`),
      fc.constantFrom(
        '词',
        ' ',
        '<',
        '</',
        '<!',
        '<!--',
        '-->',
        '-',
        '>',
        '"',
        '=',
        '&',
        '&amp;',
        '&#x8bcd',
        '/',
        '!',
        'a',
        '\n',
      ),
      fc.constantFrom(
        '<img alt=词>',
        '<img alt="词" title=\'',
        '<i title=词"x>',
        '<style>',
        '</style>',
        '<svg/>',
        '<br/>',
        '\0',
      ),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));

const portion = fc.tuple(fc.nat(), fc.nat());

function rangeIn(text: string, [from, to]: readonly [number, number]): { start: number; end: number } {
  const [a, b] = [from % (text.length + 1), to % (text.length + 1)];
  return { start: Math.min(a, b), end: Math.max(a, b) };
}

const wordsOf = (text: string): string[] => text.match(/字\d+字/g) ?? [];

describe('removable', () => {
  it.each(CASES)('takes %s', (_, source, words, left) => {
    expect(withoutWords(htmlDocument(source), words)).toBe(left);
  });

  it('is one part for a list of links', () => {
    const document = htmlDocument('前<a>词</a>, <a>语</a>后');
    expect(document.removable?.({ start: 1, end: 5 })).toEqual([{ start: 1, end: 19 }]);
  });

  it('leaves well-formed HTML well-formed, takes the words of the range and keeps the others', () => {
    fc.assert(
      fc.property(wellFormed, portion, (source, at) => {
        const document = htmlDocument(source);
        expect(offsetFault(document)).toBeNull();
        const range = rangeIn(document.text, at);
        const left = without(document, range);
        expect(structureOf(left)).toEqual({ unclosed: 0, stray: 0 });
        const [head, tail] = [document.text.slice(0, range.start), document.text.slice(range.end)];
        const again = htmlDocument(left);
        expect(offsetFault(again)).toBeNull();
        for (const word of wordsOf(`${head}\n${tail}`)) expect(again.text).toContain(word);
        const gone = wordsOf(document.text.slice(range.start, range.end));
        // What is left of two cut words may look like a third.
        for (const word of gone) if (!(head + tail).includes(word)) expect(again.text).not.toContain(word);
      }),
      { numRuns: 2000 },
    );
  });

  it('never makes broken HTML worse', () => {
    fc.assert(
      fc.property(broken, portion, (source, at) => {
        const document = htmlDocument(source);
        expect(offsetFault(document)).toBeNull();
        const before = structureOf(source);
        const after = structureOf(without(document, rangeIn(document.text, at)));
        expect(after.unclosed).toBeLessThanOrEqual(before.unclosed);
        expect(after.stray).toBeLessThanOrEqual(before.stray);
      }),
      { numRuns: 5000 },
    );
  });
});
