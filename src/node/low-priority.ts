import { constants, setPriority } from 'node:os';

/** Puts the calling thread behind those that answer requests: on Linux, where it is allowed; elsewhere it is as any other. */
export function stepBack(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {}
}
