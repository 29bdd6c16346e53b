import { SingleBar } from 'cli-progress';

/** A bar on standard error, where that is a terminal and what is printed is for people; else `null`. */
export function progressBar({ json }: Readonly<Record<string, unknown>>, format: string): SingleBar | null {
  return json === true || !process.stderr.isTTY ? null : new SingleBar({ stream: process.stderr, format });
}
