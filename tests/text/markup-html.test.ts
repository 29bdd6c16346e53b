import { describe, expect, it } from 'vitest';
import { htmlDocument } from '../../src/text/markup-html.ts';
import { offsetFault, readingOf } from './markup-reading.ts';

type Row = readonly [what: string, source: string, reading: readonly string[]];

const LINES: readonly Row[] = [
  ['plain text', '甲 乙', ['甲 乙']],
  ['nothing', '', []],
  ['blocks and breaks end lines', '<div>甲<p>乙<br>丙</p>丁</div>', ['甲', '乙', '丙', '丁']],
  ['inline tags do not', '甲<b>乙</b><i>丙</i>', ['甲乙丙']],
  ['nor do made-up tags', '甲<yyy80 id=a1b2c></yyy80>乙', ['甲乙']],
  ['parts of a table without a table only part words', '甲<tr id="yyy80"></tr>乙', ['甲 乙']],
  ['cells are lines', '<table><tr><td>甲<td>乙</table>', ['甲', '乙']],
  ['white space collapses', ' \n甲 \t\n <b> 乙</b>  ', ['甲 乙']],
  ['but not line breaks in pre', '<pre>甲\n\n乙</pre>', ['甲', '乙']],
  ['line separators are blanks', '甲\u2028乙&#x2029;丙&#10;丁', ['甲 乙 丙 丁']],
  ['references are decoded', '&#20037;&#x4e45;&amp;&lt;&nbsp;&hearts;', ['久久&<\u00a0♥']],
  ['a reference of two characters', '&NotEqualTilde;', ['≂̸']],
  ['a title', '<title>甲 &amp; <b></title><p>乙', ['title: 甲 & <b>', '乙']],
  ['a title in a drawing', '<svg><title>甲</title></svg>', ['alt: 甲']],
  [
    'descriptions',
    '<meta name=Description content="甲"><meta name=keywords content=乙>',
    ['description: 甲', 'description: 乙'],
  ],
  [
    'cards',
    '<meta property="og:title" content="甲"><meta name="twitter:description" content="乙">',
    ['title: 甲', 'description: 乙'],
  ],
  ['other meta is no text', '<meta name=viewport content=甲>', []],
  [
    'alternative texts',
    '<img alt="甲"><i aria-label="乙" title="丙">丁</i><input placeholder=戊>',
    ['alt: 甲', 'alt: 乙', 'alt: 丙', '丁', 'alt: 戊'],
  ],
  ['references in attributes', '<img alt="&#20037;&amp;x&lt;">', ['alt: 久&x<']],
  ['a tooltip that repeats its link is not read twice', '<p>前<a title="词">词</a>后</p>', ['前词后']],
  ['a link in a sentence', '<p>看<a href=x>这里</a>吧</p>', ['看这里吧']],
  ['a line of links', '<p><a href=x>甲</a>, <a href=y>乙</a> | </p>', ['link: 甲, 乙 |']],
  ['comments', '甲<!-- 乙\n丙 -->丁', ['甲', 'hidden comment: 乙', 'hidden comment: 丙', '丁']],
  [
    'what is read as a comment',
    '<?php 甲 ?><!乙></ 丙>',
    ['hidden comment: ?php 甲 ?', 'hidden comment: 乙', 'hidden comment: 丙'],
  ],
  ['a conditional comment', '<!--[if IE]>甲<![endif]-->乙', ['hidden comment: [if IE]>甲<![endif]', '乙']],
  ['a comment end that was left over', '甲 1 /enpproperty-->乙', ['甲 1 /enpproperty-->乙']],
  ['an open comment', '甲<!--乙', ['甲', 'hidden comment: 乙']],
  ['scripts and styles are no text', '<script>甲</script><style>乙</style>丙', ['丙']],
  ['a tag that is cut off', '甲<a title="乙 丙', ['甲', 'hidden: <a title="乙 丙']],
  ['an angle bracket in text', '1 < 2 <3', ['1 < 2 <3']],
  ['an end tag without a start', '甲</b>乙</p>丙</br>丁', ['甲乙', '丙', '丁']],
  ['a document type', '<!doctype html>甲', ['甲']],
];

const HIDDEN: readonly Row[] = [
  ['what hides hides all inside', '<div style="display:none"><p>甲<a>乙</a></div>丙', ['hidden: 甲乙', '丙']],
  ['within a sentence', '甲<span hidden>乙</span>丙', ['甲', 'hidden: 乙', '丙']],
  [
    'a link list out of sight',
    '<div style="position:fixed;left:-9000px"><a>甲</a>,<a>乙</a></div>',
    ['hidden link: 甲,乙'],
  ],
  ['browsers without scripts', '<noscript>甲</noscript><template>乙</template>', ['hidden: 甲', 'hidden: 乙']],
  [
    'a marquee of no height',
    '<marquee height=0>甲</marquee><table height="0"><td>乙</table>',
    ['hidden: 甲', 'hidden: 乙'],
  ],
  [
    'a class of the page',
    '<i class="a x">甲</i><i id=y>乙</i><i class=z>丙</i><style>.x,#y{display:none}</style>',
    ['hidden: 甲', 'hidden: 乙', '丙'],
  ],
  ['an unclosed paragraph does not hide what follows', '<div><p hidden>甲<p>乙</div>', ['hidden: 甲', '乙']],
  ['an alternative text inside', '<b hidden><img alt=甲></b>', ['hidden alt: 甲']],
];

describe('htmlDocument', () => {
  it.each([...LINES, ...HIDDEN])('reads %s', (_, source, reading) => {
    const document = htmlDocument(source);
    expect(readingOf(document)).toEqual(reading);
    expect(offsetFault(document)).toBeNull();
  });

  it('places every unit of a reference at the whole reference', () => {
    const source = 'a&#20037;b<img alt="&amp;c&lt;">';
    const { text, offsets } = htmlDocument(source);
    const places = [...text].map((unit, i) => [unit, source.slice(offsets?.starts[i], offsets?.ends[i])]);
    expect(places).toEqual([
      ['a', 'a'],
      ['久', '&#20037;'],
      ['b', 'b'],
      ['\n', ''],
      ['&', '&amp;'],
      ['c', 'c'],
      ['<', '&lt;'],
      ['\n', ''],
    ]);
  });

  it('keeps the source as it came', () => {
    const source = '<P>\0\ud800甲';
    expect(htmlDocument(source).source).toBe(source);
    expect(htmlDocument(source).text).toBe('\0\ud800甲\n');
  });
});
