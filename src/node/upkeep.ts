import type { AuditJobs } from '../service/audit-jobs.ts';
import { purgeInSteps } from '../service/purge-steps.ts';
import type { TrainingJobs } from '../service/training-jobs.ts';
import { deliverAllDue, type Sender } from '../service/webhook-delivery.ts';

const PURGE_MS = 60_000;

/** A webhook waits no longer for its first attempt; what is due is asked for by one index. */
const DELIVER_MS = 5_000;

/** A build whose process died is taken up so long after its lease. */
const TRAIN_MS = 5_000;

/** Somebody who starts an audit looks at it at once; what is due is asked for by three indexes of what is under way. */
const AUDIT_MS = 1_000;

/** What upkeep works on; `jobs`: builds that are queued are done too, and asked for every `retrainMs`; `audits`: so are audits. */
export type Upkept = Sender & {
  readonly jobs?: TrainingJobs;
  readonly retrainMs?: number;
  readonly audits?: AuditJobs;
};

export interface Upkeep {
  /** Fulfilled when nothing is under way any more: the store may be closed. */
  stop(): Promise<void>;
}

/** Told of what a job failed with; the job is run again at its next time. */
export type Report = (error: unknown, requestId: string) => void;

/** Does in the background what a store needs from time to time: forgets what is past its time, sends what is due. */
export function startUpkeep({ jobs: training, retrainMs = 0, audits, ...sender }: Upkept, report: Report): Upkeep {
  let isStopped = false;
  const jobs = [
    repeat(PURGE_MS, () => purgeInSteps(sender.store, Date.now(), () => !isStopped), report),
    repeat(DELIVER_MS, () => deliverAllDue(sender, () => !isStopped), report),
    ...(audits === undefined ? [] : [repeat(AUDIT_MS, () => audits.runDue(() => !isStopped), report)]),
    ...(audits === undefined ? [] : [repeat(PURGE_MS, () => audits.sweep(), report)]),
    ...(training === undefined ? [] : [repeat(TRAIN_MS, () => train(training, retrainMs), report)]),
  ];
  return {
    stop: async () => {
      isStopped = true;
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}

async function train(jobs: TrainingJobs, retrainMs: number): Promise<void> {
  if (retrainMs > 0) await jobs.queueScheduled(retrainMs);
  await jobs.runDue();
}

/** Runs a job again and again, never twice at a time. */
function repeat(everyMs: number, job: () => Promise<unknown>, report: Report): Upkeep {
  let running: Promise<unknown> | null = null;
  const run = () => {
    running ??= job()
      .catch((error: unknown) => report(error, 'none'))
      .finally(() => (running = null));
  };
  const timer = setInterval(run, everyMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
