import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOfText, textOfCell } from '../../../src/samples/formats/csv-cell.ts';
import { csvRecords } from '../../../src/samples/formats/csv-records.ts';
import { CSV_HEADER, csvOfSample, samplesOfCsv } from '../../../src/samples/formats/csv.ts';
import { all, anySample, anyText, BARE, brief, complaints, cut } from './rows.ts';

const cells = async (text: string | string[]): Promise<(readonly string[])[]> =>
  (await all(csvRecords(text))).map((record) => record.cells);

describe('CSV records', () => {
  it('are those of csv-parse, however the text is cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', ' ', 'a', '久', "'"), maxLength: 6 });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 9 }),
        async (rows, end, size) => {
          const text = ['a,b,c', ...rows.map((row) => row.map(quoted).join(','))].join(end);
          expect(await cells(cut(text, size))).toEqual(parse(text));
        },
      ),
    );
  });

  it.each([
    ['a,b\n1,2\n', [['a', 'b'], ['1', '2']]], // prettier-ignore
    [
      'a;b\n"1;";2,5',
      [
        ['a', 'b'],
        ['1;', '2,5'],
      ],
    ],
    [
      'a\tb\r\n\r\n\t\r\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    [
      '\ufeffa,b\n1,say "hi"',
      [
        ['a', 'b'],
        ['1', 'say "hi"'],
      ],
    ],
    ['a,b\n1\n1,2,3\n', [['a', 'b'], ['1'], ['1', '2', '3']]],
    ['a\n"x\r\ny"\n', [['a'], ['x\r\ny']]],
    ['', []],
  ])('of %j', async (text, expected) => {
    expect(await cells(text)).toEqual(expected);
    expect(await cells(cut(text, 1))).toEqual(expected);
  });

  it('go on after a stray quote at the line after it, and know their lines', async () => {
    const text = 'a,b\n1,"x\ny"\n2,"open\n3,c\n"4"x,d\n5,e\n6,"never\n7,f\n';
    const records = await all(csvRecords(text));
    expect(
      records.map(({ line, cells, error }) => (error === undefined ? `${line} ${cells.join('|')}` : `${line} !`)),
    ).toEqual(['1 a|b', '2 1|x\ny', '4 !', '5 3|c', '6 !', '7 5|e', '8 !', '9 7|f']);
  });

  it('drop a line of 10 MB, quoted or not, in linear time', async () => {
    const long = 'x'.repeat(10_000_000);
    for (const line of [
      long,
      `"${long}"`,
      '"'.repeat(10_000_000),
      `"${'""'.repeat(5_000_000)}"`,
      ','.repeat(10_000_000),
    ]) {
      for (const size of [65_536, Infinity]) {
        const text = `a,b\n${line}\n1,2\n`;
        const records = await all(csvRecords(size === Infinity ? text : cut(text, size)));
        expect(records.map((record) => record.error ?? record.cells.join())).toEqual([
          'a,b',
          expect.stringMatching(/^more than 120000|after a closing quote/),
          '1,2',
        ]);
      }
    }
  });
});

describe('CSV cells', () => {
  it('are never a formula, and give their text back', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cell = cellOfText(text);
        const [[plain]] = parse(cell.startsWith('"') ? cell : `"${cell.replaceAll('"', '""')}"`);
        expect(plain).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
        // csv-parse reads UTF-8, which has no lone surrogates.
        expect(textOfCell(plain)).toBe(text.toWellFormed());
      }),
    );
  });

  it.each(['=1+1', '+49', '-5', '@home', '\t=x', '＝1', '＋1', ' =1', "'=1", "''=1", '|x', '%x', '\r=1'])(
    '%j gets an apostrophe',
    (text) => {
      const cell = cellOfText(text).replaceAll(/^"|"$/g, '');
      expect(cell).toBe(`'${text}`);
      expect(textOfCell(cell)).toBe(text);
    },
  );

  it.each(["'tis", "'", '1=1', 'a', '久-'])('%j does not', (text) => {
    expect(cellOfText(text).replaceAll(/^"|"$/g, '')).toBe(text);
    expect(textOfCell(text)).toBe(text);
  });
});

describe('samples as CSV', () => {
  it('come back with all that has a column', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anySample, { maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        async (samples, size) => {
          const text = CSV_HEADER + samples.map(csvOfSample).join('');
          const kept = { origin: 'import', verdictId: null, span: null };
          expect(await all(samplesOfCsv(cut(text, size)))).toEqual(samples.map((sample) => ({ ...sample, ...kept })));
        },
      ),
    );
  });

  it('may have other names of columns, more columns, and label words', async () => {
    const text = 'id;body;klass;category\n1;one;Ham;\n2;two; SPAM ;pharma\n3;three;maybe;\n4;four;spam;none\n5;five\n';
    const rows = samplesOfCsv(text, { source: 'f.csv', columns: { text: 'body', label: 'klass' } });
    expect(await brief(rows)).toEqual(['legit one', 'spam two', '! f.csv:4', '! f.csv:5', '! f.csv:6']);
  });

  it('take defaults', async () => {
    const rows = samplesOfCsv('text,label,author\na,spam,\nb,spam,bob\n', { defaults: { author: 'ann', site: 's' } });
    expect(await all(rows)).toEqual([
      { ...BARE, text: 'a', label: 'spam', author: 'ann', site: 's' },
      { ...BARE, text: 'b', label: 'spam', author: 'bob', site: 's' },
    ]);
  });

  it.each([
    ['text,labels\na,spam\n', /no column of label in a header of text, labels/],
    ['constructor,__proto__\na,spam\n', /no column of text, and of label/],
    ['text,label,text\na,spam,b\n', /names text twice/],
  ])('say what is wrong with the header %j, once', async (text, complaint) => {
    expect(await complaints(samplesOfCsv(text))).toEqual([expect.stringMatching(complaint)]);
  });

  it('refuse a record that a delimiter in its text has cut', async () => {
    expect(await complaints(samplesOfCsv('text,label\nwell, well,spam\n'))).toEqual([
      expect.stringContaining('3 cells'),
    ]);
  });
});
