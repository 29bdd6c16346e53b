import { SingleBar } from 'cli-progress';
import type { ByteMeter } from './byte-meter.ts';
import type { Journal } from './journal.ts';

export type ProgressKind = 'bar' | 'json' | 'none';

/** At most so often, in milliseconds: more cannot be read. */
const EVERY = 250;
/** Below, what is left is a guess. */
const KNOWN_SHARE = 0.01;

/** Shows how far a run is on a stream: a bar on a terminal only, or a JSON object a line. */
export function showProgress(kind: ProgressKind, stream: NodeJS.WriteStream, meter: ByteMeter) {
  const started = performance.now();
  const bar = kind === 'bar' && stream.isTTY ? new SingleBar({ stream, format: FORMAT, hideCursor: true }) : null;
  bar?.start(1, 0);
  let last = -EVERY;
  const update = ({ totals }: Journal): void => {
    const now = performance.now();
    if (now - last < EVERY) return;
    last = now;
    const seconds = (now - started) / 1000;
    const documentsPerSecond = Math.round(totals.documents / seconds);
    const { share, secondsLeft } = ahead(meter, seconds);
    if (kind === 'json') stream.write(`${JSON.stringify({ ...totals, documentsPerSecond, share, secondsLeft })}\n`);
    bar?.update(share ?? 0, {
      ...totals,
      rate: documentsPerSecond,
      left: secondsLeft === null ? '?' : timeOf(secondsLeft),
    });
  };
  return { update, stop: (): void => bar?.stop() };
}

/** Of the bytes of files, as far as all sources are files; how many pages a site has is known at its end. */
function ahead({ total, read }: ByteMeter, seconds: number): { share: number | null; secondsLeft: number | null } {
  if (total === 0) return { share: null, secondsLeft: null };
  const share = Math.min(1, read / total);
  if (share < KNOWN_SHARE) return { share, secondsLeft: null };
  return { share: Number(share.toFixed(4)), secondsLeft: Math.round((seconds * (1 - share)) / share) };
}

function timeOf(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0 ? `${rest} s` : `${minutes} min ${rest} s`;
}

const FORMAT =
  '{bar} {documents} documents · {rate}/s · {flagged} flagged · {errors} errors · {duration_formatted} · {left} left';
