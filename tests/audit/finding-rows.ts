import type { Finding } from '../../src/audit/finding.ts';
import type { FindingRow, FoundSpan } from '../../src/audit/finding-row.ts';

export function foundSpan(text: string, changes: Partial<FoundSpan> = {}): FoundSpan {
  return {
    start: 10,
    end: 10 + text.length,
    line: 2,
    category: 'gambling',
    logOdds: 9,
    posterior: 0.9999,
    action: 'remove',
    reasons: [
      { code: 'bayes', weight: 12 },
      { code: 'prior', weight: -3 },
    ],
    text,
    before: 'before ',
    after: ' after',
    position: 'tail',
    hosts: [],
    ...changes,
  };
}

export function findingRow(source: string, spans: readonly FoundSpan[], changes: Partial<FindingRow> = {}): FindingRow {
  const row = { id: source, place: { source }, contentType: 'text/plain', digest: '', posterior: 1, spans };
  return { ...row, verdict: 'clean', ...changes };
}

export function findingOf(text: string, changes: Partial<Finding> = {}): Finding {
  const span = changes.span ?? foundSpan(text);
  return {
    row: findingRow('page.txt', [span]),
    span,
    campaign: 'c1',
    fingerprint: 'f'.repeat(32),
    state: null,
    suppression: null,
    pages: 1,
    boilerplate: false,
    ...changes,
  };
}
