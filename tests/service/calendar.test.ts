import { expect, it } from 'vitest';
import { weekOf } from '../../src/service/calendar.ts';

it.each([
  ['2026-12-01T12:00:00Z', '2026-W49'],
  ['2026-12-06T23:59:59Z', '2026-W49'],
  ['2026-12-07T00:00:00Z', '2026-W50'],
  // The year of a week is that of its Thursday.
  ['2027-01-01T00:00:00Z', '2026-W53'],
  ['2024-12-30T00:00:00Z', '2025-W01'],
  // A clock that jumps back.
  ['2026-12-06T23:59:59Z', '2026-W49'],
])('%s is in week %s', (time, week) => {
  expect(weekOf(Date.parse(time))).toBe(week);
});
