import { userInfo } from 'node:os';
import type { Drift } from '../../evaluation/drift.ts';
import type { JobRecord, ModelAliases } from '../../store/store.ts';
import { print, withDesks, type Desks, type Flags } from '../desks.ts';
import { EXIT, UserFailure } from '../failure.ts';
import { progressBar } from '../progress-bar.ts';

/** `linesieve models train`: builds and measures here and now; exit 1 where the gate refuses the candidate. */
export function trainModel(flags: Flags): Promise<number> {
  return withDesks(flags, async (desks) => {
    const wish = { ...wishOf(flags, 'trained on the command line'), promote: flags['promote'] !== false };
    const id = await desks.jobs.queue(desks.tenant, wish);
    const job = await finished(desks, id, flags);
    if (job.state !== 'done')
      throw new UserFailure(`the build ${job.state}: ${job.error ?? 'no reason was given'}`, EXIT.internal);
    const { digest, passed, promoted, failures } = job.result as {
      digest: string;
      passed: boolean;
      promoted: boolean;
      failures: string[];
    };
    print(flags, job.result, () => [
      `${digest} ${passed ? 'passed' : 'was refused'}${promoted ? ', and is champion' : ''}`,
      ...failures.map((failure) => `  ${failure}`),
    ]);
    return passed ? EXIT.clean : EXIT.findings;
  });
}

/** `linesieve models list`. */
export function listModels(flags: Flags): Promise<number> {
  return withDesks(flags, async ({ store, tenant }) => {
    const aliases = await store.models.aliases(tenant);
    const { items } = await store.models.list(tenant, { limit: 100 });
    print(flags, { ...aliases, models: items }, () => [
      `champion ${aliases.champion ?? 'base'}`,
      ...items.map(({ digest, state, createdAt, author }) =>
        [digest, state, new Date(createdAt).toISOString().slice(0, 16), author, namesOf(aliases, digest)].join('  '),
      ),
    ]);
    return EXIT.clean;
  });
}

/** `linesieve models show`: the card, as it was measured. */
export function showModel(digest: string, flags: Flags): Promise<number> {
  return withDesks(flags, async ({ store, tenant }) => {
    const model = await store.models.get(tenant, digest);
    if (model === null) throw new UserFailure(`there is no model ${digest}; models list shows them`);
    print(flags, model, () => [JSON.stringify(model.card, null, 2)]);
    return EXIT.clean;
  });
}

/** `linesieve models compare`: exit 1 where two models differ on any line. */
export function compareModels(a: string, b: string, flags: Flags): Promise<number> {
  return withDesks(flags, async ({ models, tenant }) => {
    const bar = progressBar(flags, FORMAT);
    bar?.start(1, 0, { stage: 'judging' });
    const compared = await models.compare(tenant, a, b, (share) => bar?.update(share)).finally(() => bar?.stop());
    print(flags, compared, () => [
      `${compared.differences.length} of ${compared.lines} lines are judged differently`,
      ...compared.differences.map(
        (one) => `${one.a ? 'a flags ' : 'b flags '} ${one.label}  ${one.id}  ${one.text.slice(0, 80)}`,
      ),
    ]);
    return compared.differences.length > 0 ? EXIT.findings : EXIT.clean;
  });
}

/** `linesieve models promote`. */
export function promoteModel(digest: string, flags: Flags): Promise<number> {
  return withDesks(flags, async ({ models, tenant }) => {
    const aliases = await models.promote(tenant, digest, wishOf(flags), flags['override'] === true);
    print(flags, aliases, () => [`champion ${aliases.champion ?? 'base'}`]);
    return EXIT.clean;
  });
}

/** `linesieve models rollback`. */
export function rollbackModel(flags: Flags): Promise<number> {
  return withDesks(flags, async ({ models, tenant }) => {
    const { aliases, ...labels } = await models.rollback(tenant, wishOf(flags), flags['withdraw'] === true);
    const { unlearned, withdrawn } = labels;
    print(flags, { ...aliases, ...labels }, () => [
      `champion ${aliases.champion ?? 'base'}`,
      ...(withdrawn === 0 ? [] : [`labels withdrawn: ${withdrawn}`]),
      ...(unlearned === 0 ? [] : [`labels that are not in it and will be in the next build: ${unlearned}; ${REMEDY}`]),
    ]);
    return EXIT.clean;
  });
}

const REMEDY = 'withdraw them all by samples withdraw --unlearned, or one by one';

/** `linesieve models prune`. */
export function pruneModels(flags: Flags): Promise<number> {
  return withDesks(flags, async ({ models, tenant }) => {
    const keep = Number(flags['keep'] ?? 5);
    if (!(Number.isInteger(keep) && keep >= 0)) throw new UserFailure('--keep must be a whole number, 0 or more');
    const pruned = await models.prune(tenant, keep);
    print(flags, { pruned }, () => [`${pruned.length} pruned`, ...pruned]);
    return EXIT.clean;
  });
}

/** `linesieve models drift`: exit 1 where a figure of the last week left its band. */
export function showDrift(flags: Flags): Promise<number> {
  return withDesks(flags, async ({ drift, tenant }) => {
    const told = await drift.of(tenant);
    const { week, before, card, figures, examples } = told;
    print(flags, told, () => [
      `week ${week ?? 'none yet'}`,
      ...figures.map((one) => driftLine(one, `the ${before.length} weeks before`)),
      ...(card?.figures ?? []).map((one) => driftLine(one, `the card of ${card?.model.slice(0, 12) ?? ''}`)),
      ...examples.map((id) => `example ${id}`),
    ]);
    return told.drifted ? EXIT.findings : EXIT.clean;
  });
}

function driftLine({ figure, index, drifted, moved }: Drift, against: string): string {
  const most = moved.slice(0, 2).map(({ key, before, now }) => `${key} ${percent(before)} → ${percent(now)}`);
  return `${drifted ? 'drifted' : 'in band'}  ${figure} against ${against}  ${index.toFixed(2)}  ${most.join(', ')}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** `linesieve models verify`: exit 1 where any file is gone or damaged. */
export function verifyModels(flags: Flags): Promise<number> {
  return withDesks(flags, async ({ models, tenant }) => {
    const results = await models.verifyAll(tenant);
    print(flags, results, () => results.map(({ digest, fault }) => `${digest}  ${fault ?? 'whole'}`));
    return results.some(({ fault }) => fault !== null) ? EXIT.findings : EXIT.clean;
  });
}

/** Runs what is queued, and shows how far this job is: a service beside it may have taken it up. */
async function finished({ jobs, store, tenant }: Desks, id: string, flags: Flags): Promise<JobRecord> {
  const bar = progressBar(flags, FORMAT);
  bar?.start(100, 0, { stage: 'waiting' });
  const shown = setInterval(() => {
    void store.jobs
      .get(tenant, id)
      .then((job) => bar?.update(Math.round(100 * (job?.progress ?? 0)), { stage: job?.stage }));
  }, 200);
  try {
    for (;;) {
      await jobs.runDue();
      const job = await store.jobs.get(tenant, id);
      if (job === null) throw new UserFailure(`the job ${id} is gone`);
      if (job.state !== 'queued' && job.state !== 'running') return job;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  } finally {
    clearInterval(shown);
    bar?.stop();
  }
}

const FORMAT = '{bar} {percentage} % · {stage}';

function wishOf({ author, reason }: Flags, otherwise?: string): { author: string; reason: string } {
  const why = typeof reason === 'string' ? reason : otherwise;
  if (why === undefined) throw new UserFailure('say why with --reason; it is kept with the model');
  return { author: typeof author === 'string' ? author : userInfo().username, reason: why };
}

function namesOf(aliases: ModelAliases, digest: string): string {
  return (['champion', 'previous', 'challenger'] as const).filter((name) => aliases[name] === digest).join('+');
}
