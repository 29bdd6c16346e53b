/**
 * Lets what waits be done first: requests, timers. A store that is a file answers without waiting for anything, so that a loop over its
 * pages would hold up everybody else until its end.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
