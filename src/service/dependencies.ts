import type { Context } from 'hono';
import type { Counts } from '../bayes/counts.ts';
import type { KnownTerms } from '../bayes/known-terms.ts';
import type { Model, Policy, Sieve } from '../index.ts';
import type { DocsFiles } from './docs.ts';
import type { Judged, Site } from './judged.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import type { ModelFiles } from '../store/model-files.ts';
import type { RateLimit, Store } from '../store/store.ts';
import type { TrainingRow } from '../training/corpus.ts';
import type { ExpectedFigures } from '../training/line-figures.ts';
import type { HttpClient } from '../audit/web/http.ts';
import type { AuditFiles } from '../store/audit-files.ts';
import type { Auditor } from './audit-check.ts';
import type { AuditQueue } from './audit-queue.ts';
import type { SampleSink } from './sample-sink.ts';
import type { Scope } from './tenant.ts';
import type { Trainer } from './trainer.ts';

/** The page at `/`: one document with its style sheet and its script, all from this service. */
export interface Page {
  readonly html: string;
  readonly style: string;
  readonly script: string;
}

export interface EngineParts {
  readonly model: Model;
  readonly policy: Policy;
  /** What the model was trained on; without them nothing is learned from samples. */
  readonly counts?: () => Promise<Counts> | Counts;
  /** Rows that no training reads: what a candidate is measured on. */
  readonly heldOut?: () => Promise<readonly TrainingRow[]> | readonly TrainingRow[];
  /** Which terms the model was made of; without them no line is told to be novel. */
  readonly knownTerms?: () => Promise<KnownTerms> | KnownTerms;
  /** What the model made of held-out rows, as its card says; without it drift is told against earlier weeks alone. */
  readonly expected?: ExpectedFigures;
}

export interface Dependencies {
  /** Called for every check: gives the loaded sieve and loads it at most once (`once.ts`). */
  readonly sieve: () => Promise<Sieve> | Sieve;
  readonly version: string;
  readonly limits: Limits;
  /** Tenants, keys, verdicts; nothing is kept and no key is asked for where left out. */
  readonly store?: Store;
  /** What the sieve was made of, for sieves with a tenant's own rules or thresholds; without it a tenant can have neither. */
  readonly parts?: () => Promise<EngineParts> | EngineParts;
  /** Where models that were built are kept; none can be built where it is left out. */
  readonly modelFiles?: ModelFiles;
  /** Builds and measures a candidate; in this thread where left out. */
  readonly trainer?: Trainer;
  /** Where audits and what they found are kept; none can be made where it is left out. */
  readonly auditFiles?: AuditFiles;
  /** Judges the documents of an audit; in this thread where left out. */
  readonly auditor?: Auditor;
  /** Carries the steps of audits; where left out, somebody calls `AuditJobs.runDue` from time to time. */
  readonly auditQueue?: AuditQueue;
  /** Fetches pages for audits; by `fetch` where left out. */
  readonly httpClient?: HttpClient;
  /** Between two requests to one host; half a second where left out. */
  readonly pageDelayMs?: number;
  /** The text of a page, where the runtime has a better way than to try encodings; `null` where it is binary. */
  readonly decodePage?: (bytes: Uint8Array, contentType: string | null, address: string) => string | null;
  /** Milliseconds since 1970; the system's clock where left out. */
  readonly clock?: () => number;
  /** Requests of one key; `null`: as many as come. */
  readonly rateLimit?: RateLimit | null;
  /** Counts them where the runtime has a counter of its own, which must hold `rateLimit`: says whether one more may pass. The store where left out. */
  readonly rateCounter?: (key: string) => Promise<boolean>;
  /** Origins whose pages may call the service from a browser; none where left out. `*`: any. */
  readonly corsOrigins?: readonly string[];
  /** The addresses of a host name, for webhooks; where left out, names are not looked up before they are called. */
  readonly resolveHost?: (host: string) => Promise<readonly string[]>;
  /** Sends webhooks; the runtime's own where left out. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** What judges the documents of a request's client; the sieve as it is where left out. */
  readonly siteOf?: (c: Context<ServiceEnv>) => Promise<Site>;
  /** Logs verdicts: durable once fulfilled. Nothing is kept where it is left out. */
  readonly keep?: (c: Context<ServiceEnv>, judged: readonly Judged[]) => Promise<void>;
  /** Tenants that are judged by another model than the one that was promoted. */
  readonly degraded?: () => Promise<number>;
  /** Tenants whose traffic has left its band. */
  readonly drifted?: () => number;
  /** Whether a key of Akismet's protocol is known and has the scope; sets the tenant in the context where it is good. Any key will do where left out. */
  readonly akismetKey?: (c: Context<ServiceEnv>, key: string, scope: Scope) => Promise<'good' | 'unknown' | 'lacking'>;
  /** Takes what people say of documents; refused where left out. */
  readonly samples?: SampleSink;
  /** Told when a stream of rows turns out to be long; what it returns is called at its end, however that comes. */
  readonly longStream?: () => () => void;
  readonly metrics?: Metrics;
  /** Puts the counts of other processes to those of this one; both are Prometheus' text. */
  readonly gatherMetrics?: (own: string) => Promise<string>;
  /** The files of the page at `/docs`; no page where left out. */
  readonly docs?: DocsFiles;
  /** No page, and 404 at `/`, where left out. */
  readonly page?: Page;
  /** Told of every error that the client gets no details of. */
  readonly report?: (error: unknown, requestId: string) => void;
}

/** Of a service that keeps something. */
export type StoreDependencies = Dependencies & { readonly store: Store };

/** The sieve, or a `not-ready` problem where it cannot be had; the cause is reported, not shown. */
export async function readySieve({ sieve, report }: Dependencies, requestId: string): Promise<Sieve> {
  try {
    return await sieve();
  } catch (error) {
    report?.(error, requestId);
    throw new ProblemError('not-ready', 'the model could not be loaded; try again later');
  }
}
