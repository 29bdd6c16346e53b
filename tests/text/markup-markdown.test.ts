import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownDocument } from '../../src/text/markup-markdown.ts';
import { offsetFault, readingOf, without, withoutWords } from './markup-reading.ts';

const LINES: readonly (readonly [what: string, source: string, reading: readonly string[]])[] = [
  ['lines', '甲\n乙\r\n\n丙\r丁', ['甲', '乙', '丙', '丁']],
  ['headings', '# 甲 #\n## 乙\n###丙', ['甲', '乙', '###丙']],
  ['headings with a line below', '甲\n===\n\n乙\n---', ['甲', '乙']],
  ['rules', '甲\n\n***\n- - -\n乙', ['甲', '乙']],
  ['lists', '- 甲\n* 乙\n  + 丙\n1. 丁\n- [x] 戊', ['甲', '乙', '丙', '丁', '戊']],
  ['quotes', '> 甲\n>> - 乙', ['甲', '乙']],
  ['emphasis', '**甲** *乙* __丙__ _丁_ ~~戊~~ ***己***', ['甲 乙 丙 丁 戊 己']],
  ['emphasis over lines', '**甲\n乙**', ['甲', '乙']],
  ['what is no emphasis', '词_词_词 2 * 3 * 4 **', ['词_词_词 2 * 3 * 4 **']],
  ['code', '`<b> & **甲**` ``a`b``', ['<b> & **甲** a`b']],
  ['blocks of code', '```js\n<b hidden> *甲*\n\n~~~\n```\n乙', ['<b hidden> *甲*', '~~~', '乙']],
  ['words behind the language', '~~~js 甲\n乙\n~~~', ['hidden: 甲', '乙']],
  ['code by indent', '甲\n\n    <i hidden>乙\n', ['甲', '<i hidden>乙']],
  ['links', '看[这里](http://a.b/c?d=1&amp;e "说明")吧', ['看这里', 'alt: 说明', '吧']],
  ['a title that repeats its link', '看[词](x "词")吧', ['看词吧']],
  [
    'links by reference',
    '[甲][1] [乙][] [丙] [丁]\n\n[1]: x\n[乙]: x\n[丙]: <x y>',
    ['甲 乙 丙 [丁]', 'hidden comment: 1', 'hidden comment: 乙', 'hidden comment: 丙'],
  ],
  ['a definition that is a comment', '[//]: # (甲)', ['hidden comment: // 甲']],
  ['a line of links', '[甲](x) | [乙](y)', ['link: 甲 | 乙']],
  ['an address', '<http://a.b> <a@b.c>', ['link: http://a.b a@b.c']],
  ['images', '前![甲](x "乙")后', ['前', 'alt: 甲 乙', '后']],
  ['an image in a link', '[![甲](x)](y)', ['alt: 甲']],
  ['what is no link', '[甲] (乙) ](丙', ['[甲] (乙) ](丙']],
  ['tables', '| 甲 | 乙 |\n|---|:-:|\n| 丙 | 丁 |', ['| 甲 | 乙 |', '| 丙 | 丁 |']],
  ['escapes and references', '\\*甲\\* &amp; \\&amp; \\<b>', ['*甲* & &amp; <b>']],
  ['footnotes', '[^1]: 甲', ['甲']],
  ['HTML', '甲 <span style="display:none">**乙**</span> <b>丙</b>', ['甲', 'hidden: 乙', '丙']],
  ['blocks of HTML', '<div hidden>\n\n[甲](x)\n\n</div>\n乙', ['hidden link: 甲', '乙']],
  [
    'comments',
    '甲\n<!-- 乙\n\n```\n丙 -->\n**丁**',
    ['甲', 'hidden comment: 乙', 'hidden comment: ```', 'hidden comment: 丙', '丁'],
  ],
  ['tags that are text', 'a <title> b <b c < d `<script>` e', ['a <title> b <b c < d <script> e']],
  [
    'front matter',
    '---\ntitle: "甲"\ndate: 乙\ndescription: >-\n  丙\nkeywords:\n  - 丁\n---\n# 戊',
    ['title: 甲', 'date: 乙', 'description: 丙', 'description: 丁', '戊'],
  ],
  ['front matter of another kind', "+++\ntitle = '甲'\n+++\n乙", ['title: 甲', '乙']],
  ['front matter without an end', '---\ntitle: 甲', ['title: 甲']],
];

const CUTS: readonly (readonly [what: string, source: string, words: string, left: string])[] = [
  ['a line', '前\n\n词\n\n后', '词', '前\n\n\n后'],
  ['words in a line', '前词后', '词', '前后'],
  ['an item', '- 前\n- 词\n- 后', '词', '- 前\n- 后'],
  ['a heading', '# 词\n后', '词', '后'],
  ['a heading and the line below', '词\n===\n后', '词', '后'],
  ['a link', '前 [词](x "y") 后', '词', '前  后'],
  ['part of a link', '[前词](x)', '词', '[前](x)'],
  ['a link by reference', '前[词][1]\n\n[1]: x', '词', '前\n\n[1]: x'],
  ['emphasis', '前**词**后', '词', '前后'],
  ['emphasis that begins with it', '前 **词 后**', '词', '前 **后**'],
  ['emphasis that ends with it', '**前 词** 后', '词', '**前** 后'],
  ['emphasis in a link', '前[**词**](x)', '词', '前'],
  ['emphasis over lines', '前 **词\n语** 后', '词', '前 **语** 后'],
  ['emphasis over lines of a quote', '> **前\n> 词**', '词', '> **前**'],
  ['words on both sides of a line break', '- 前词\n- 语后', '词\n语', '- 前\n- 后'],
  ['what stands between two marks', '**前**词**后**', '词', '**前后**'],
  ['the end of one mark and the start of another', '**前 词** **语 后**', '词 语', '**前** **后**'],
  ['code', '前 `词` 后', '词', '前  后'],
  ['a block of code', '前\n```\n词\n语\n```\n后', '词\n语', '前\n后'],
  ['a line of code', '```\n前\n词\n```', '词', '```\n前\n```'],
  ['an image text', '前![词](x)', '词', '前![](x)'],
  ['a row', '|前|\n|-|\n|词|\n|后|', '|词|', '|前|\n|-|\n|后|'],
  ['the head of a table', '|词|语|\n|-|-|\n|后|后|', '|词|语|', '|||\n|-|-|\n|后|后|'],
  ['a definition', '前\n\n[//]: # (词)\n', '词', '前\n\n'],
  ['HTML', '前 <a href=x>词</a> 后', '词', '前  后'],
  ['a comment', '前\n\n<!-- 词 -->', '词', '前\n\n'],
  ['a front matter value', '---\ntitle: "前 词"\n---\n后', '词', '---\ntitle: "前 "\n---\n后'],
  ['what an escape stands for', '前\\*词', '*词', '前'],
];

const piece = fc.constantFrom(
  '词',
  '**词 词**',
  '*词*',
  '[词](x)',
  '[词 **词**](x "y")',
  '`词`',
  '![词](x)',
  '**词 [词](x) 词**',
  '词_词',
  '**词**词**词**',
  '<b>词</b>',
  '<!--词-->',
  '\\*词',
  '&amp;词',
);
const line = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(' '));
const block = fc.oneof(
  line,
  fc.tuple(line, line).map((lines) => lines.join('\n')),
  line.map((words) => `# ${words}`),
  line.map((words) => `${words}\n---`),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.map((words) => `- ${words}`).join('\n')),
  line.map((words) => `> ${words}`),
  fc.constant('```\n词\n词\n```'),
  fc.constant('|词|词|\n|-|-|\n|词|词|\n|词|词|'),
);

/** Markdown of numbered words, so that each of them occurs once. */
const markdown = fc.array(block, { maxLength: 4 }).map((blocks) => {
  let count = 0;
  return blocks.join('\n\n').replace(/词/g, () => `字${count++}字`);
});

const wordsOf = (text: string): string[] => text.match(/字\d+字/g) ?? [];

describe('markdownDocument', () => {
  it.each(LINES)('reads %s', (_, source, reading) => {
    const document = markdownDocument(source);
    expect(readingOf(document)).toEqual(reading);
    expect(offsetFault(document)).toBeNull();
  });

  it.each(CUTS)('removes %s', (_, source, words, left) => {
    expect(withoutWords(markdownDocument(source), words)).toBe(left);
  });

  it('takes whole words of a range, keeps the others, and leaves no mark without its partner', () => {
    fc.assert(
      fc.property(markdown, fc.nat(), fc.nat(), (source, from, to) => {
        const document = markdownDocument(source);
        expect(offsetFault(document)).toBeNull();
        const words = wordsOf(document.text);
        fc.pre(words.length > 0);
        const [first, last] = [from % words.length, to % words.length].sort((a, b) => a - b);
        const end = document.text.indexOf(words[last]) + words[last].length;
        const again = markdownDocument(without(document, { start: document.text.indexOf(words[first]), end }));
        expect(wordsOf(again.text)).toEqual([...words.slice(0, first), ...words.slice(last + 1)]);
        expect(again.text.replace(/ \*(?=字)|^\*(?=字)/gm, '')).not.toMatch(/\*\*|\]\(|`|~~~|---|<|>/);
      }),
      { numRuns: 3000 },
    );
  });
});
