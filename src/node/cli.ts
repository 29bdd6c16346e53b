import { Command, CommanderError, Option } from 'commander';
import { EXIT, UserFailure } from './failure.ts';
import { addLearningCommands } from './learning-commands.ts';
import { addServiceCommands } from './service-commands.ts';
import { systemFailure } from './system-error.ts';
import type { Sieve } from '../sieve.ts';
import { VERSION } from '../version.ts';

/** Runs one command line (without the program's own name) and returns its exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.clean;
  const program = createProgram((result) => (code = result));
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    return reportFailure(systemFailure(error, [...argv, ...settings(process.env)]) ?? error);
  }
  return code;
}

/** What variables of linesieve are set to. */
function settings(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment).flatMap(([name, value = '']) => (name.startsWith('LINESIEVE_') ? [value] : []));
}

function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  if (error instanceof UserFailure) {
    process.stderr.write(`linesieve: ${error.message}\n`);
    return error.code;
  }
  process.stderr.write(
    `linesieve: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return EXIT.internal;
}

/** Commands load what they need when they run: `check` starts without the server, `serve` without the trainer. */
function createProgram(done: (code: number) => void): Command {
  const program = new Command('linesieve')
    .description('Finds the spam that was injected into a document')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(linesieve --help lists the commands)');
  addCheck(program, done);
  addTrain(program, done);
  addEval(program, done);
  addRules(program, done);
  addAudit(program, done);
  addLearningCommands(program, done);
  addServiceCommands(program, done);
  return program;
}

function addCheck(program: Command, done: (code: number) => void): void {
  program
    .command('check')
    .description('check files, or standard input with -')
    .argument('[file...]', 'files to check')
    .addOption(
      new Option('--input <kind>', 'how to read them')
        .choices(['auto', 'text', 'html', 'markdown', 'ndjson'])
        .default('auto'),
    )
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'ndjson', 'sarif']))
    .option('--lines', 'a verdict on every line')
    .option('--explain', 'the n-grams that weighed most')
    .option('--clean', 'print the document without its injected spans')
    .option('--policy <name>', 'strict, balanced or cautious (default: balanced)')
    .addOption(new Option('--fail-on <verdict>', 'exit 1 only from this verdict on').choices(['review', 'block']))
    .action(async (files, flags) => {
      const { check } = await import('./commands/check.ts');
      done(await check(files, flags, await baseSieve()));
    });
}

function addTrain(program: Command, done: (code: number) => void): void {
  program
    .command('train')
    .description('train a model from the training data')
    .option('--out <folder>', 'where to write it (default: models/base)')
    .option('--data <folder>', 'training data (default: training-data)')
    .addOption(new Option('--scaling <kind>', 'pure naive Bayes with none').choices(['full', 'none']).default('full'))
    .option('--no-background', 'leave the figures of public corpora out')
    .option('--samples <file>', 'instead of all that: add the samples of a file (NDJSON or CSV) to the base model')
    .option('--gate', 'with --samples: write the model only if it is no worse anywhere')
    .option('--json', 'with --samples: print the report as JSON')
    .action(async (flags) => {
      if (flags.samples === undefined) done(await (await import('./commands/train.ts')).trainCommand(flags));
      else done(await (await import('./commands/train-samples.ts')).trainSamples(flags));
    });
}

function addEval(program: Command, done: (code: number) => void): void {
  program
    .command('eval')
    .description('measure the model on the held-out lines of the repository')
    .option('--data <folder>', 'held-out rows (default: training-data/heldout)')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'html']).default('text'))
    .option('--out <file>', 'where to write it (default: standard output)')
    .action(async (flags) => done(await (await import('./commands/eval.ts')).evaluate(flags, await baseSieve())));
}

function addRules(program: Command, done: (code: number) => void): void {
  program
    .command('rules')
    .description('work on rules')
    .command('lint')
    .description('check the built-in rules, or a JSON file of rules')
    .argument('[file]')
    .option('--json', 'print findings as JSON')
    .action(async (file, flags) => done((await import('./commands/rules.ts')).lint(file, flags.json === true)));
}

function addAudit(program: Command, done: (code: number) => void): void {
  const audit = program.command('audit').description('check documents that are already published');
  audit
    .command('run', { isDefault: true })
    .description('check every document of the sources and write findings and reports')
    .argument(
      '<source...>',
      'files, folders, globs, kind:file, sqlite:file, s3:bucket/prefix, urls:file, sitemap:address, or the address of a site',
    )
    .requiredOption(
      '--out <folder>',
      'where findings, reports and the journal go; a run that was stopped goes on there',
    )
    .option('--policy <name>', 'strict, balanced or cautious (default: balanced)')
    .option('--threads <number>', 'worker threads (default: one a core)')
    .option('--delay <seconds>', 'between two requests to one host; a longer Crawl-delay counts instead (default: 0.5)')
    .option('--concurrency <number>', 'requests at once, over all hosts (default: 2)')
    .option('--max-pages <number>', 'pages of one site, sitemap or list (default: 10000)')
    .option('--max-page-bytes <number>', 'of one page, before and after decompression (default: 8388608)')
    .option('--timeout <seconds>', 'for one request (default: 30)')
    .option('--user-agent <name>', 'what robots.txt may name (default: linesieve/version)')
    .option('--page-cache <folder>', 'pages that were read, to ask only for changes (default: pages/ in --out)')
    .option('--allow-private', 'read hosts that are not on the public Internet')
    .option('--column <name...>', 'columns of a CSV export that hold text')
    .option('--id-column <name>', 'the column that names a document')
    .option('--since <folder>', 'check only what is new or has changed since the run in this folder')
    .option('--shard <i/n>', 'check only the i-th of n parts, told by the ids of documents')
    .option('--exclude-rule <id...>', 'leave rules out, by the ids that findings name')
    .option('--table <name>', 'the table of an SQLite file')
    .option('--endpoint <address>', 'of an S3 service (default: AWS_ENDPOINT_URL_S3, then Amazon)')
    .option('--baseline <folder>', 'an earlier audit: findings are told new, unchanged or gone')
    .option('--suppress <file>', 'findings that a person has accepted')
    .addOption(new Option('--progress <kind>', 'how to show it').choices(['bar', 'json', 'none']).default('bar'))
    .action(async (sources, flags) => done(await (await import('./commands/audit.ts')).auditCommand(sources, flags)));
  audit
    .command('fix')
    .description('show what taking the findings out would change; --write does it')
    .argument('<folder>', 'the output folder of an audit')
    .option('--write', 'write the files, with a backup and a patch')
    .option('--undo', 'put back what --write took out')
    .option('--all', 'take out what wants a person to look, too')
    .option('--suppress <file>', 'findings that a person has accepted: they stay')
    .option('--policy <name>', 'another policy than that of the audit')
    .action(async (folder, flags) => {
      const { auditFix } = await import('./commands/audit-fix.ts');
      const [{ auditSieve }, { judgedIn }] = await Promise.all([
        import('./audit/audit-sieve.ts'),
        import('./audit/judged.ts'),
      ]);
      done(await auditFix(folder, flags, await auditSieve(judgedIn(folder).excludeRules)));
    });
}

/** Commands that start threads or need no sieve load it later, or not at all. */
async function baseSieve(): Promise<Sieve> {
  return await (await import('./base-sieve.ts')).loadBaseSieve();
}
