import type { Store } from '../store/store.ts';
import { nextTask } from './next-task.ts';

/** Rows that one step deletes of each table: some milliseconds. */
const STEP_ROWS = 1_000;

/** Forgets what is past its time until nothing of it is left, or `goesOn`, asked between two steps, says no. Requests are answered between steps. */
export async function purgeInSteps(store: Pick<Store, 'purge'>, now: number, goesOn: () => boolean): Promise<void> {
  // No table had a full step where all of them together had fewer rows.
  while ((await store.purge(now, STEP_ROWS)) >= STEP_ROWS) {
    await nextTask();
    if (!goesOn()) return;
  }
}
