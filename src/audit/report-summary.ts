import type { KnownFinding } from './baseline.ts';
import type { Boilerplate } from './boilerplate.ts';
import type { Campaign } from './campaign.ts';
import type { Suppression } from './suppressions.ts';
import type { TimelineDay } from './timeline.ts';

/** What the pages for people (HTML, Markdown) say besides single findings. */
export interface ReportSummary {
  readonly documents: number;
  readonly flagged: number;
  readonly spans: number;
  readonly errors: number;
  readonly skipped: number;
  /** False where the run was interrupted. */
  readonly complete: boolean;
  /** Findings that can go without asking, of all. */
  readonly certain: number;
  readonly open: number;
  readonly suppressed: number;
  /** `null` without a baseline. */
  readonly baseline: { readonly new: number; readonly unchanged: number; readonly gone: number } | null;
  /** The first of what is gone. */
  readonly gone: readonly KnownFinding[];
  readonly campaignCount: number;
  /** The largest. */
  readonly campaigns: readonly Campaign[];
  readonly boilerplate: readonly Boilerplate[];
  readonly boilerplateSpans: number;
  readonly timeline: readonly TimelineDay[];
  /** What is let stand, and what was until its day was over. */
  readonly suppressions: readonly Suppression[];
}

/** `1 page`, `2 pages`, `12,345 pages`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** What an owner wants to know first, in sentences. */
export function headline(summary: ReportSummary): string {
  const { documents, flagged, spans, campaignCount, certain, boilerplateSpans, errors } = summary;
  const injected = spans - boilerplateSpans;
  const unread = errors === 0 ? '' : ` ${counted(errors, 'document')} could not be read (notices.ndjson).`;
  const stopped = summary.complete ? '' : ' The audit was interrupted: the same command goes on.';
  if (injected === 0) return `Nothing injected was found in ${counted(documents, 'document')}.${unread}${stopped}`;
  const groups = campaignCount === 1 ? 'one campaign' : `${campaignCount.toLocaleString('en')} campaigns`;
  const look = injected - certain;
  return (
    `${flagged.toLocaleString('en')} of ${counted(documents, 'document')} ${flagged === 1 ? 'holds' : 'hold'} ${counted(injected, 'passage')} that ` +
    `${injected === 1 ? 'was' : 'were'} injected, of ${groups}. ${certain.toLocaleString('en')} can be taken out ` +
    `without asking; ${look.toLocaleString('en')} want${look === 1 ? 's' : ''} a look.${unread}${stopped}`
  );
}
