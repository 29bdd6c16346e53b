import { isWordUnit, unitClass, UNIT_UNSPACED } from './unit.ts';

/** What spreading works on: a folded line. */
interface Spreadable {
  readonly units: Uint16Array;
  readonly starts: Uint32Array;
  length: number;
}

/** Three Han characters apart are no accident; of Latin letters `A, B, C` is one, so four are asked for. */
const FEWEST_UNSPACED = 3;
const FEWEST_SPACED = 4;
/** `久 . 久 . 精` has three units between its characters. */
const LONGEST_JOINT = 3;

/**
 * Joins characters that were spread out: `久 久 精 品`, `v.i.a.g.r.a`. A run is at least three (spaced letters: four) single
 * word units with the same one to three marks between each two of them; the marks between them go, in place, and belong
 * to the unit before. Linear: each unit is looked at once as the start of a run and once inside one.
 */
export function joinSpread(line: Spreadable): void {
  const { units, starts, length } = line;
  let k = 0;
  let i = 0;
  while (i < length) {
    const step = stepOfRun(units, i, length);
    const count = step === 0 ? 1 : countRun(units, i, length, step);
    const joined = count >= fewest(units, i, step, count);
    const stop = joined ? i + (count - 1) * step + 1 : i + 1;
    for (; i < stop; i += joined ? step : 1) {
      units[k] = units[i];
      starts[k++] = starts[i];
    }
    if (joined) i = stop;
  }
  starts[k] = starts[length];
  line.length = k;
}

function isSingle(units: Uint16Array, i: number, length: number): boolean {
  if (!isWordUnit(units[i])) return false;
  return (i === 0 || !isWordUnit(units[i - 1])) && (i + 1 >= length || !isWordUnit(units[i + 1]));
}

/** Distance from a single word unit to the next one, 0 where no run can start. */
function stepOfRun(units: Uint16Array, i: number, length: number): number {
  if (!isSingle(units, i, length)) return 0;
  let next = i + 1;
  while (next < length && next - i <= LONGEST_JOINT && !isWordUnit(units[next])) next++;
  return next < length && isSingle(units, next, length) ? next - i : 0;
}

function countRun(units: Uint16Array, first: number, length: number, step: number): number {
  let count = 1;
  let at = first;
  while (at + step < length && isSingle(units, at + step, length) && sameJoint(units, first, at, step)) {
    at += step;
    count++;
  }
  return count;
}

function sameJoint(units: Uint16Array, first: number, at: number, step: number): boolean {
  for (let j = 1; j < step; j++) if (units[first + j] !== units[at + j]) return false;
  return true;
}

function fewest(units: Uint16Array, first: number, step: number, count: number): number {
  for (let j = 0; j < count; j++) if (unitClass[units[first + j * step]] === UNIT_UNSPACED) return FEWEST_UNSPACED;
  return FEWEST_SPACED;
}
