import type { Rule } from '../rule.ts';

/** A line that always counts as spam, to see that the engine is at work. Nothing always counts as honest. */
export const testLine: readonly Rule[] = [
  {
    id: 'test.line',
    group: 'test',
    category: '',
    weight: 100,
    description: 'The fixed test line',
    literals: ['linesieve-test-line-7c1f9a52e0b84d63'],
    hits: ['linesieve-test-line-7c1f9a52e0b84d63', 'see LINESIEVE-TEST-LINE-7C1F9A52E0B84D63.'],
    misses: ['linesieve-test-line', 'linesieve test line'],
  },
];
