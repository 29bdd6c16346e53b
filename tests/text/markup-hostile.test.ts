import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextDocument } from '../../src/text/document.ts';
import { htmlDocument } from '../../src/text/markup-html.ts';
import { markdownDocument } from '../../src/text/markup-markdown.ts';
import { offsetFault, without } from './markup-reading.ts';

/** What is repeated; each was found to be slow in some parser, or is where one might be. */
const REPEATED = [
  '<',
  '<div>',
  '<b>',
  '<b></i>',
  '</b>',
  '<a b="',
  '<!--',
  '<?',
  '</>',
  '&',
  '&amp;',
  '<style>',
  '<style>.x{',
  '<svg>',

  '<form>',
  '<title>',
  '<p style="',
  '<img alt=&amp;',
  '[',
  '](',
  '[a](b',
  '[x](a (',
  '![',
  '*',
  '**a ',
  '*_',
  '_a',
  '`',
  '`a``',
  '- ',
  '> ',
  '-',
  '|-',
  '# ',
  '[r]: x\n',
  '\\',
  '\r',
  '\u2028',
  '\0',
  '\ud800',
  '---\n',
  '[a](',
  '<a a',
];

const UNITS = 100_000;
/** Milliseconds; a reader that is quadratic takes minutes, this one up to 150 on a slow machine. */
const ENOUGH = 5000;

const soup = fc
  .array(
    fc.constantFrom(...REPEATED, '词', 'a', '\n', ' ', '>', '"', '```', '-->', '</title>', '|', '_', '词词', '  '),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(''));

describe.each([
  ['htmlDocument', htmlDocument],
  ['markdownDocument', markdownDocument],
])('%s', (_, read: (source: string) => TextDocument) => {
  it.each(REPEATED)('reads many of %j in linear time', (unit) => {
    const begin = performance.now();
    const document = read(`${unit.repeat(UNITS / unit.length)}词`);
    const cut = without(document, { start: 0, end: document.text.length });
    expect(performance.now() - begin).toBeLessThan(ENOUGH);
    expect(offsetFault(document)).toBeNull();
    expect(cut.length).toBeLessThanOrEqual(UNITS + 1);
  });

  it('reads anything', () => {
    fc.assert(
      fc.property(soup, fc.nat(), fc.nat(), (source, from, to) => {
        const document = read(source);
        expect(offsetFault(document)).toBeNull();
        const [start, end] = [from, to].map((at) => at % (document.text.length + 1)).sort((a, b) => a - b);
        expect(without(document, { start, end }).length).toBeLessThanOrEqual(source.length);
      }),
      { numRuns: 5000 },
    );
  });
});

it('reads ten million angle brackets and a hundred thousand nested elements', () => {
  expect(htmlDocument('<'.repeat(10_000_000)).text.length).toBe(10_000_001);
  const depth = 100_000;
  const nested = `${'<div>'.repeat(depth)}词${'</div>'.repeat(depth)}`;
  expect(without(htmlDocument(nested), { start: 0, end: 1 })).toBe('');
});
