import type { Campaign } from './campaign.ts';
import { CampaignDraft, type SeenDays } from './campaign-draft.ts';
import { CampaignGroups } from './campaign-groups.ts';
import type { FindingRow, FoundSpan } from './finding-row.ts';

/** Campaigns that are described; more have one page each in all likelihood, and are counted. */
export const MOST_CAMPAIGNS = 10_000;

/**
 * Gathers rows, ranks their groups, then describes them. Memory: a sketch and two numbers a span, and counts for each of
 * `MOST_CAMPAIGNS` campaigns.
 */
export class CampaignFinder {
  readonly #groups = new CampaignGroups();
  readonly #documentOf: number[] = [];
  readonly #ids = new Map<number, number>();
  readonly #drafts = new Map<number, CampaignDraft>();
  #documents = 0;

  /** First reading of the findings. */
  add(row: FindingRow): void {
    for (const span of row.spans) {
      this.#groups.add(span);
      this.#documentOf.push(this.#documents);
    }
    this.#documents++;
  }

  /** Between the readings: numbers the campaigns, the one of most documents first. Spans that are `leftOut` belong to none. */
  rank(leftOut: (number: number) => boolean = () => false): number {
    const sizes = new Map<number, { documents: number; last: number }>();
    for (const [number, document] of this.#documentOf.entries()) {
      if (leftOut(number)) continue;
      const group = this.#groups.groupOf(number);
      const size = sizes.get(group) ?? { documents: 0, last: -1 };
      sizes.set(group, size);
      if (size.last !== document) size.documents++;
      size.last = document;
    }
    const ordered = [...sizes].sort(([a, x], [b, y]) => y.documents - x.documents || a - b);
    for (const [i, [group]] of ordered.entries()) this.#ids.set(group, i + 1);
    return ordered.length;
  }

  /** Second reading, in the same order: the span that was added as the `number`th, unless it was left out. */
  describe(number: number, row: FindingRow, span: FoundSpan, days: SeenDays): void {
    const id = this.#ids.get(this.#groups.groupOf(number));
    if (id === undefined || id > MOST_CAMPAIGNS) return;
    const draft = this.#drafts.get(id) ?? new CampaignDraft();
    this.#drafts.set(id, draft);
    draft.add(row, span, days);
  }

  /** After the second reading, largest first, at most `MOST_CAMPAIGNS`. */
  campaigns(): readonly Campaign[] {
    return [...this.#drafts].sort(([a], [b]) => a - b).map(([id, draft]) => draft.finish(`c${id}`));
  }

  /** The campaign of the span that was added as the `number`th, from 0. */
  idOf(number: number): string {
    const id = this.#ids.get(this.#groups.groupOf(number));
    return id === undefined ? '' : `c${id}`;
  }
}
