import { AuditJobs } from './audit-jobs.ts';
import type { AuditMessage } from './audit-queue.ts';
import type { StoreDependencies } from './dependencies.ts';
import { ModelDesk } from './model-desk.ts';
import { purgeInSteps } from './purge-steps.ts';
import { TenantSieves } from './tenant-sieves.ts';
import { TrainingJobs } from './training-jobs.ts';
import { deliverAllDue } from './webhook-delivery.ts';

/** What the edge does between requests, called by a cron and by a queue; on Node it is upkeep's. */

/** Steps in which one run of the cron forgets: five statements each, of the thousand that D1 takes from an invocation. The next run goes on. */
const MOST_PURGE_STEPS = 50;
/** Rounds of webhooks of one run: a hundred calls and what is noted of each, and little over a minute where nobody answers. */
const MOST_DELIVERY_ROUNDS = 5;
const HOUR_MS = 3_600_000;
/** Messages that came so often that the queue gave them up come here (`wrangler.toml`). */
const DEAD_QUEUE = /-dead$/;

/** As much of a batch of messages as is used. */
export interface MessageBatch {
  readonly queue: string;
  readonly messages: readonly { readonly body: unknown; ack(): void; retry(): void }[];
}

/** Sends webhooks that are due, takes up builds and audits, forgets what is past its time. `retrainHours`: 0 for no build unasked. */
export async function runCron(dependencies: StoreDependencies, retrainHours: number): Promise<void> {
  const { store } = dependencies;
  let rounds = 1;
  await deliverAllDue({ store }, () => ++rounds <= MOST_DELIVERY_ROUNDS);
  const jobs = new TrainingJobs(dependencies, new ModelDesk(dependencies));
  if (retrainHours > 0) await jobs.queueScheduled(HOUR_MS * retrainHours);
  await jobs.runDue();
  await auditJobs(dependencies).sweep();
  let steps = 1;
  await purgeInSteps(store, Date.now(), () => ++steps <= MOST_PURGE_STEPS);
}

/** The steps of audits: each message is done for itself, and comes again where it fails. */
export async function doSteps(dependencies: StoreDependencies, { queue, messages }: MessageBatch): Promise<void> {
  const jobs = auditJobs(dependencies);
  for (const message of messages) {
    const body = message.body as AuditMessage;
    try {
      await (DEAD_QUEUE.test(queue) ? jobs.giveUp(body) : jobs.handle(body));
      message.ack();
    } catch (error) {
      dependencies.report?.(error, 'none');
      message.retry();
    }
  }
}

function auditJobs(dependencies: StoreDependencies): AuditJobs {
  return new AuditJobs(dependencies, new TenantSieves(dependencies));
}
