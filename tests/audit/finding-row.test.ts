import { describe, expect, it } from 'vitest';
import { rowOf } from '../../src/audit/finding-row.ts';
import { positionOf } from '../../src/audit/position.ts';
import type { AuditDocument, ContentType } from '../../src/audit/source.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { foundSpan } from './finding-rows.ts';

/** A row of a source in which ⟦brackets⟧ stand around the findings. */
function rowFor(marked: string, contentType: ContentType | null = null) {
  const source = marked.replace(/[⟦⟧]/g, '');
  const spans = [...marked.matchAll(/⟦([^⟧]*)⟧/g)].map(({ index, 1: text }, i) => ({
    ...foundSpan(text),
    start: index - 2 * i,
    end: index - 2 * i + text.length,
  }));
  const document: AuditDocument = { kind: 'document', id: 'd', place: { source: 'd' }, contentType, content: source };
  return rowOf(document, { verdict: 'clean', posterior: 1, spans } as unknown as Verdict, source, '');
}
const positions = (marked: string): string[] => rowFor(marked).spans.map(({ position }) => position);

describe('a row of findings', () => {
  it.each([
    ['⟦x⟧ honest', ['head']],
    ['honest ⟦x⟧ …', ['tail']],
    ['honest ⟦x⟧ honest', ['middle']],
    [' ⟦x⟧ <br>', ['whole']],
    ['⟦a⟧ ⟦b⟧ ⟦c⟧', ['head', 'middle', 'tail']],
    ['honest ⟦a⟧ honest ⟦b⟧', ['middle', 'tail']],
    ['<html><title>Honest</title></head><body class="x"><p>⟦x⟧</p>honest', ['head']],
    ['<p>honest</p><p title="none">⟦x⟧</p></body>', ['tail']],
  ])('says where a span of %s stands', (marked, expected) => expect(positions(marked)).toEqual(expected));

  it('looks at an unclosed tag after tag once', () => {
    expect(positionOf({ start: 200_000, end: 200_001 }, `${'<'.repeat(200_000)}x`)).toBe('whole');
  });

  it('has lines and columns, and what is read on both sides', () => {
    const [span] = rowFor('one\ntwo ⟦three⟧ four').spans;
    expect(span).toMatchObject({ before: 'one\ntwo ', text: 'three', after: ' four' });
    expect(span.region).toEqual({ startLine: 2, startColumn: 5, endLine: 2, endColumn: 10 });
    const [html] = rowFor(
      `<p id="${'x'.repeat(100)}">one</p>\n<a href="http://h.example/">⟦three⟧</a>`,
      'text/html',
    ).spans;
    expect(html).toMatchObject({ before: ' one ', after: ' ', hosts: ['h.example'] });
    const [long] = rowFor(`${'one '.repeat(50)}⟦x⟧${' two'.repeat(50)}`, 'text/html').spans;
    expect([long.before.length, long.after.length]).toEqual([60, 60]);
  });
});
