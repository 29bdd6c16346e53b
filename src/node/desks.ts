import { DriftWatch } from '../service/drift-watch.ts';
import { ModelDesk } from '../service/model-desk.ts';
import { ProblemError } from '../service/problem.ts';
import { SampleDesk } from '../service/sample-desk.ts';
import { TenantSieves } from '../service/tenant-sieves.ts';
import { TrainingJobs } from '../service/training-jobs.ts';
import type { Store } from '../store/store.ts';
import { readConfig } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import { UserFailure } from './failure.ts';
import { deskDependencies } from './learning-parts.ts';
import { tenantOf } from './tenant-flag.ts';

export type Flags = Readonly<Record<string, unknown>>;

/** What a command works with: the store of a data folder and what is done with its samples and models. */
export interface Desks {
  readonly store: Store;
  readonly tenant: string;
  readonly samples: SampleDesk;
  readonly models: ModelDesk;
  readonly jobs: TrainingJobs;
  readonly sieves: TenantSieves;
  readonly drift: DriftWatch;
}

/** Opens the data folder for a command, also beside a running service, which sees what changes at its next check. */
export async function withDesks(flags: Flags, work: (desks: Desks) => Promise<number>): Promise<number> {
  const { data } = readConfig(flags, process.env).config;
  if (data === null)
    throw new UserFailure('samples and models are in a data folder; name it with --data, or LINESIEVE_DATA');
  const tenant = tenantOf(flags);
  const store = openDataFolder(data, { check: false });
  const dependencies = await deskDependencies(store, data);
  const models = new ModelDesk(dependencies);
  const desks = {
    store,
    tenant,
    samples: new SampleDesk(dependencies),
    models,
    jobs: new TrainingJobs(dependencies, models),
    sieves: new TenantSieves(dependencies),
    drift: new DriftWatch(dependencies),
  };
  try {
    return await work(desks);
  } catch (error) {
    if (error instanceof ProblemError) throw new UserFailure(error.message);
    throw error;
  } finally {
    await store.close();
  }
}

/** Prints a value as JSON, or as lines. */
export function print(flags: Flags, value: unknown, lines: () => readonly string[]): void {
  const text = flags['json'] === true ? JSON.stringify(value) : lines().join('\n');
  if (text !== '') process.stdout.write(`${text}\n`);
}
