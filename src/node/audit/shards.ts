import { hash } from 'node:crypto';
import { UserFailure } from '../failure.ts';
import type { Shard } from './check-task.ts';

/** `2/8`: the second of eight parts. Throws a UserFailure. */
export function parseShard(given: string): Shard {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(given) ?? [];
  const shard = { index: Number(index) - 1, of: Number(of) };
  if (index !== undefined && shard.index >= 0 && shard.index < shard.of) return shard;
  throw new UserFailure(`--shard ${given}: give i/n with i from 1 to n, like 1/8`);
}

/** Whether a document belongs to a part: by its id alone, so that it is the same on every machine. */
export function isInShard(shard: Shard | null, id: string): boolean {
  return shard === null || Number.parseInt(hash('sha256', id).slice(0, 12), 16) % shard.of === shard.index;
}
