import { readdirSync, readFileSync } from 'node:fs';
import { createRandom } from '../src/training/random.ts';

/** What the lines of one campaign are made of (`training-data/campaigns`): none of it is in the training rows. */
export interface Campaign {
  readonly id: string;
  readonly language: string;
  readonly category: string;
  readonly brands: readonly string[];
  readonly phrases: readonly string[];
  readonly separators: readonly string[];
}

const FOLDER = new URL('../training-data/campaigns/', import.meta.url);

export function readCampaigns(): Campaign[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Campaign);
}

/** `count` different lines: three to six phrases and a brand somewhere among them, joined in one of the campaign's ways. */
export function campaignLines({ brands, phrases, separators }: Campaign, count: number, seed: number): string[] {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  const lines = new Set<string>();
  while (lines.size < count) {
    const left = [...phrases];
    const parts = Array.from({ length: 3 + below(4) }, () => left.splice(below(left.length), 1)[0]);
    parts.splice(below(parts.length + 1), 0, brands[below(brands.length)]);
    lines.add(parts.join(separators[below(separators.length)]));
  }
  return [...lines];
}
