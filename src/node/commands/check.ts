import type { CheckOptions, Sieve } from '../../sieve.ts';
import type { Verdict, VerdictKind } from '../../verdict/verdict.ts';
import { readDocument, sourceOf, streamBytes, type InputKind } from '../documents.ts';
import { EXIT, UserFailure } from '../failure.ts';
import { formatSarif } from '../format-sarif.ts';
import { formatText, styleFor } from '../format-text.ts';
import { checkStream } from '../ndjson.ts';

export interface CheckFlags {
  readonly input: InputKind;
  readonly format?: 'text' | 'json' | 'ndjson' | 'sarif';
  readonly lines?: boolean;
  readonly explain?: boolean;
  readonly clean?: boolean;
  readonly policy?: string;
  readonly failOn?: 'review' | 'block';
}

interface Checked {
  readonly verdict: Verdict;
  readonly source: string;
}

/** `linesieve check`: verdicts on standard output; returns the exit code. Throws a UserFailure. */
export async function check(paths: readonly string[], flags: CheckFlags, sieve: Sieve): Promise<number> {
  const files = paths.length === 0 ? ['-'] : paths;
  const options: CheckOptions = {
    lines: flags.lines === true,
    explain: flags.explain === true,
    clean: flags.clean === true,
    ...(flags.policy === undefined ? {} : { policy: knownPolicy(flags.policy, sieve) }),
  };
  return flags.input === 'ndjson'
    ? await checkRows(files, flags, options, sieve)
    : checkFiles(files, flags.input, flags, options, sieve);
}

/** A name that the sieve has; known before anything is read. */
function knownPolicy(name: string, { policies }: Sieve): string {
  if (policies.includes(name)) return name;
  throw new UserFailure(`--policy ${name}: there is no such policy; choose one of ${policies.join(', ')}`);
}

/** As `checkFiles`: one that cannot be read is named and the others go on. */
async function checkRows(
  files: readonly string[],
  flags: CheckFlags,
  options: CheckOptions,
  sieve: Sieve,
): Promise<number> {
  if (flags.format !== undefined && flags.format !== 'ndjson') {
    throw new UserFailure(`--input ndjson gives ndjson; --format ${flags.format} is for whole files`);
  }
  const kinds = new Set<VerdictKind>();
  const failures: UserFailure[] = [];
  let errors = 0;
  for (const file of files) {
    try {
      const result = await checkStream(streamBytes(file), process.stdout, sieve, options);
      for (const kind of result.kinds) kinds.add(kind);
      errors += result.errors;
    } catch (error) {
      if (!(error instanceof UserFailure)) throw error;
      failures.push(error);
    }
  }
  for (const failure of failures) process.stderr.write(`linesieve: ${failure.message}\n`);
  if (failures.length > 0) return EXIT.usage;
  return errors > 0 ? EXIT.findings : exitCode(kinds, flags);
}

/** Each file gets its verdict; one that cannot be read is named and the others go on. */
function checkFiles(
  files: readonly string[],
  input: Exclude<InputKind, 'ndjson'>,
  flags: CheckFlags,
  options: CheckOptions,
  sieve: Sieve,
): number {
  if (flags.clean === true && files.length > 1 && (flags.format ?? 'text') === 'text') {
    throw new UserFailure('--clean prints one document; give one file, or --format json or ndjson for several');
  }
  const checked: Checked[] = [];
  const failures: UserFailure[] = [];
  for (const file of files) {
    try {
      const document = readDocument(file, input);
      checked.push({ verdict: sieve.check(document, options), source: sourceOf(document) });
    } catch (error) {
      if (!(error instanceof UserFailure)) throw error;
      failures.push(error);
    }
  }
  if (checked.length > 0) process.stdout.write(render(checked, files.length > 1, flags));
  for (const failure of failures) process.stderr.write(`linesieve: ${failure.message}\n`);
  return failures.length > 0 ? EXIT.usage : exitCode(new Set(checked.map(({ verdict }) => verdict.verdict)), flags);
}

function render(checked: readonly Checked[], several: boolean, flags: CheckFlags): string {
  const verdicts = checked.map(({ verdict }) => verdict);
  if (flags.format === 'json') return `${JSON.stringify(several ? verdicts : verdicts[0], null, 2)}\n`;
  if (flags.format === 'ndjson') return verdicts.map((verdict) => `${JSON.stringify(verdict)}\n`).join('');
  if (flags.format === 'sarif') return `${JSON.stringify(formatSarif(checked), null, 2)}\n`;
  if (flags.clean === true) return verdicts[0].cleaned ?? '';
  const style = styleFor(process.stdout.isTTY, process.env);
  return checked.map(({ verdict, source }) => formatText(verdict, source, style, flags.explain === true)).join('');
}

const FAILING: Readonly<Record<'any' | 'review' | 'block', readonly VerdictKind[]>> = {
  any: ['clean', 'review', 'block'],
  review: ['review', 'block'],
  block: ['block'],
};

function exitCode(kinds: ReadonlySet<VerdictKind>, { failOn }: CheckFlags): number {
  return FAILING[failOn ?? 'any'].some((kind) => kinds.has(kind)) ? EXIT.findings : EXIT.clean;
}
