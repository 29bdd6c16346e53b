import { SingleBar } from 'cli-progress';
import type { Journal } from './journal.ts';

export type ProgressKind = 'bar' | 'json' | 'none';

/** At most so often, in milliseconds: more cannot be read. */
const EVERY = 250;

/** Shows how far a run is on a stream: a bar on a terminal only, or a JSON object a line. */
export function showProgress(kind: ProgressKind, stream: NodeJS.WriteStream) {
  const started = performance.now();
  const bar = kind === 'bar' && stream.isTTY ? new SingleBar({ stream, format: FORMAT, hideCursor: true }) : null;
  bar?.start(0, 0);
  let last = -EVERY;
  const update = ({ totals }: Journal): void => {
    const now = performance.now();
    if (now - last < EVERY) return;
    last = now;
    const rate = Math.round((totals.documents * 1000) / (now - started));
    if (kind === 'json') stream.write(`${JSON.stringify({ ...totals, documentsPerSecond: rate })}\n`);
    bar?.update(totals.documents, { ...totals, rate });
  };
  return { update, stop: (): void => bar?.stop() };
}

/** How many documents a stream holds is not known before it ends: no share, no time left. */
const FORMAT = '{documents} documents · {rate}/s · {flagged} flagged · {errors} errors · {duration_formatted}';
