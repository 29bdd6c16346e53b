import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compiledRules } from '../../rules/compiled.ts';
import { builtinRules } from '../../rules/sets/index.ts';
import { InfluenceMeter } from '../../samples/influence.ts';
import { sampleHash, type NewSample } from '../../samples/sample.ts';
import { collect } from '../../service/sample-transfer.ts';
import { trainerOf, type Candidate } from '../../service/trainer.ts';
import type { GateSample } from '../../training/gate.ts';
import { loadBaseParts, readHeldOut } from '../base-parts.ts';
import { BASE_MODEL_FOLDER } from '../base-sieve.ts';
import { print, type Flags } from '../desks.ts';
import { EXIT, UserFailure } from '../failure.ts';
import { progressBar } from '../progress-bar.ts';
import { reasonOf } from '../system-error.ts';
import { VERSION } from '../../version.ts';

/**
 * `linesieve train --samples <file>`: the base model with the samples of a file, measured, written to a folder as `train` writes one. With
 * `--gate` only if it passes; exit 1 where it does not. The same file gives the same bytes.
 */
export async function trainSamples(flags: Flags): Promise<number> {
  const file = String(flags['samples']);
  if (typeof flags['out'] !== 'string')
    throw new UserFailure('name a folder for the model with --out; the base model is not written over');
  const { model, policy, counts, knownTerms } = await loadBaseParts();
  if (counts === undefined) throw new UserFailure('models/base has no counts.bin; restore it from the repository');
  const base = { model, counts: await counts() };
  const meter = new InfluenceMeter(base, compiledRules(builtinRules), policy);
  const bar = progressBar(flags, '{bar} {percentage} % · {stage}');
  const rows = await read(file);
  bar?.start(1, 0, { stage: 'weighing labels' });
  const samples = await gateSamples(rows, meter, (share) => bar?.update(share));
  const train = trainerOf({ base, policy, heldOut: readHeldOut(), knownTerms: await knownTerms?.() });
  const candidate = await train({ samples, champion: null }, async (share, stage) => bar?.update(share, { stage }));
  bar?.stop();
  const { digest, report } = candidate;
  const isWritten = flags['gate'] !== true || report.passed;
  if (isWritten) await write(flags['out'], candidate, samples.length, model.digest);
  print(flags, { digest, written: isWritten, ...report }, () => [
    `${digest} of ${samples.length} samples ${report.passed ? 'passed' : 'is worse'}${isWritten ? `, written to ${String(flags['out'])}` : ', nothing was written'}`,
    ...report.failures.map((failure) => `  ${failure}`),
  ]);
  return report.passed ? EXIT.clean : EXIT.findings;
}

async function read(file: string): Promise<NewSample[]> {
  const format = file.endsWith('.csv') ? 'csv' : 'ndjson';
  const { samples, errors } = await collect(format, await textOf(file), { author: 'import' }, file);
  if (errors.length === 0) return samples;
  throw new UserFailure(`${errors[0].place}: ${errors[0].detail} (${errors.length} faulty rows; nothing was trained)`);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserFailure(`${file}: ${reasonOf(error)}`);
  }
}

/** Each text once, in an order of its own, so that the order of the file leaves no trace. */
async function gateSamples(
  samples: readonly NewSample[],
  meter: InfluenceMeter,
  progress: (share: number) => void,
): Promise<GateSample[]> {
  const found = new Map<string, GateSample>();
  for (const [at, { text, label, author, documentId }] of samples.entries()) {
    progress(at / samples.length);
    const id = await sampleHash(text);
    const before = found.get(id);
    if (before !== undefined && before.label !== label)
      throw new UserFailure(`this text is labelled both ways; decide: ${JSON.stringify(text.slice(0, 80))}`);
    const influence = meter.of(text, label);
    found.set(id, { id, text, label, author, influence, group: documentId ?? id, inChampion: false });
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function write(
  folder: string,
  { digest, model, learned, samplesDigest, report, expected }: Candidate,
  samples: number,
  base: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const card = {
    name: 'samples',
    version: VERSION,
    model: digest,
    base,
    samples,
    samplesDigest,
    command: 'linesieve train --samples',
    gate: report,
    expected,
  };
  const files = {
    'model.bin': model,
    'learned.bin': learned,
    'policy.json': await readFile(join(BASE_MODEL_FOLDER, 'policy.json')),
    'card.json': `${JSON.stringify(card, null, 2)}\n`,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, `${name}.new`), content);
  for (const name of Object.keys(files)) await rename(join(folder, `${name}.new`), join(folder, name));
}
