import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import * as z from 'zod';
import { isOrigin } from '../service/origin.ts';
import { DEFAULT_LIMITS } from '../service/limits.ts';
import { DEFAULT_RATE_LIMIT } from '../service/rate-limit.ts';
import { UserFailure } from './failure.ts';

/** A whole number, also as the text of a flag or of a variable. */
const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .union(
      [
        z.int(),
        z
          .string()
          .regex(/^\d{1,15}$/)
          .transform(Number),
      ],
      { error },
    )
    .pipe(z.int(error).min(least, error).max(most, error));
};

const ORIGINS = 'must be origins as https://cms.example, or *, with commas between';

/** Also as a text with commas. */
const origins = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value),
  z.array(z.string(ORIGINS).refine(isOrigin, ORIGINS), ORIGINS),
);

const text = (error: string) => z.string(error).min(1, error);

/** Everything that can be set, the same for flags, variables and the file. */
const schema = z.strictObject(
  {
    port: whole(0, 65_535),
    host: text('must be an address to listen on'),
    data: text('must be a folder').nullable(),
    workers: whole(1, 256),
    bodyBytes: whole(1_000, 100_000_000),
    rowBytes: whole(1_000, 100_000_000),
    jsonDepth: whole(2, 1_000),
    documentLines: whole(1, 100_000_000),
    lineLength: whole(1_000, 100_000_000),
    corsOrigins: origins,
    graceSeconds: whole(0, 300),
    requestsPerMinute: whole(0, 10_000_000),
    retrainHours: whole(0, 8_760),
  },
  'must be a JSON object',
);

export type Config = z.infer<typeof schema>;
export type Setting = keyof Config;

/** Where a value came from: `default`, `--port`, `LINESIEVE_PORT`, or the path of the file. */
export type Sources = Readonly<Record<Setting, string>>;

/**
 * One worker: a filter beside a CMS needs no more, and a library user gets no surprise. 8 s: container platforms kill 10 s after SIGTERM
 * at the earliest. Requests a minute are those of one key; 0: as many as come. Retraining
 * waits to be asked for: a candidate that passes changes verdicts. Pages of `corsOrigins` may call for every tenant; a tenant's own are
 * among its settings.
 */
export const DEFAULTS: Config = {
  port: 8787,
  host: '127.0.0.1',
  data: null,
  workers: 1,
  bodyBytes: DEFAULT_LIMITS.bodyBytes,
  rowBytes: DEFAULT_LIMITS.bodyBytes,
  jsonDepth: DEFAULT_LIMITS.jsonDepth,
  documentLines: DEFAULT_LIMITS.documentLines,
  lineLength: DEFAULT_LIMITS.lineLength,
  corsOrigins: [],
  graceSeconds: 8,
  requestsPerMinute: DEFAULT_RATE_LIMIT.limit,
  retrainHours: 0,
};

export interface Effective {
  readonly config: Config;
  readonly sources: Sources;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Given = Readonly<Record<string, unknown>>;

/**
 * The configuration: flags before `LINESIEVE_*` variables before the JSON file (`--config`, `LINESIEVE_CONFIG`) before defaults. A variable
 * that is empty counts as not set. Throws a `UserFailure` that names the value, where it came from, and what it must be.
 */
export function readConfig(flags: Given, environment: Environment): Effective {
  const file = fileOf(flags, environment);
  const fromFile = file === undefined ? {} : readFile(file);
  const settings = Object.keys(DEFAULTS) as Setting[];
  const found = settings.map((name) => [name, ...lookUp(name, flags, environment, fromFile, file ?? '')] as const);
  const sources = Object.fromEntries(found.map(([name, , source]) => [name, source])) as Sources;
  const given = Object.fromEntries(found.map(([name, value]) => [name, value]));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { config: parsed.data, sources };
  throw new UserFailure(parsed.error.issues.map((issue) => complaint(issue, sources, given)).join('; '));
}

function fileOf(flags: Given, environment: Environment): string | undefined {
  if (flags['config'] === '') throw new UserFailure('--config must name a file, not ""');
  return (flags['config'] as string | undefined) ?? (environment['LINESIEVE_CONFIG'] || undefined);
}

function lookUp(
  name: Setting,
  flags: Given,
  environment: Environment,
  fromFile: Given,
  file: string,
): [value: unknown, source: string] {
  const variable = `LINESIEVE_${snake(name).toUpperCase()}`;
  if (flags[name] !== undefined) return [automatic(name, flags[name]), `--${snake(name).replaceAll('_', '-')}`];
  const value = environment[variable];
  if (value !== undefined && value !== '') return [automatic(name, value), variable];
  if (fromFile[name] !== undefined) return [automatic(name, fromFile[name]), file];
  return [DEFAULTS[name], 'default'];
}

/** `workers: auto`: as many as can run at a time. */
function automatic(name: Setting, value: unknown): unknown {
  return name === 'workers' && value === 'auto' ? availableParallelism() : value;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function readFile(path: string): Given {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UserFailure(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = schema.partial().safeParse(value);
  if (parsed.success) return value as Given;
  const sources = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, path])) as Sources;
  const issues = parsed.error.issues.filter((issue) => issue.path[0] !== 'workers' || !isAuto(value));
  if (issues.length === 0) return value as Given;
  throw new UserFailure(issues.map((issue) => complaint(issue, sources, value as Given, path)).join('; '));
}

function isAuto(value: unknown): boolean {
  return (value as { workers?: unknown }).workers === 'auto';
}

function complaint(issue: z.core.$ZodIssue, sources: Sources, given: Given, file = ''): string {
  if (issue.code === 'unrecognized_keys') {
    return `${file}: unknown ${issue.keys.join(', ')}; known are ${Object.keys(DEFAULTS).join(', ')}`;
  }
  const name = issue.path[0] as Setting | undefined;
  if (name === undefined) return `${file} ${issue.message}`;
  return `${name} (${sources[name]}) ${issue.message}, not ${JSON.stringify(given[name])}`;
}
