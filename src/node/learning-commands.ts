import { Option, type Command } from 'commander';

type Flags = Readonly<Record<string, unknown>>;

/** Adds the commands `samples` and `models`. They load what they need when they run. */
export function addLearningCommands(program: Command, done: (code: number) => void): void {
  addSamples(program.command('samples').description('labels on texts, learned from the next check on'), done);
  addModels(program.command('models').description('builds of the base model and the samples'), done);
}

function addSamples(samples: Command, done: (code: number) => void): void {
  const load = () => import('./commands/samples.ts');
  withData(samples.command('add').description('label a text').argument('<text>'))
    .addOption(new Option('--label <label>', 'what it is').choices(['spam', 'legit']).makeOptionMandatory())
    .option('--category <name>', 'of spam: adult, gambling, pharma, escort, loans, replica, essay, gossip')
    .option('--language <tag>', 'for instance tr or zh-Hans')
    .option('--site <name>', 'of several sites, which one')
    .option('--author <name>', 'who says so (default: you)')
    .action(async (text: string, flags: Flags) => done(await (await load()).addSample(text, flags)));
  withData(samples.command('withdraw').description('take a label back, exactly').argument('[id]'))
    .option('--author <name>', 'all labels of an author')
    .option('--unlearned', 'all labels that the champion was not built with')
    .action(async (id: string | undefined, flags: Flags) => done(await (await load()).withdrawSamples(id, flags)));
  withData(
    samples
      .command('import')
      .description('label many texts')
      .argument('<file>', 'a file, - for standard input, or of mail a folder'),
  )
    .option('--format <name>', 'ndjson, csv, akismet, fasttext, natural, mail (default: by the ending of the file)')
    .option('--site <name>', 'of rows that do not say')
    .option('--author <name>', 'of rows that do not say (default: you)')
    .action(async (file: string, flags: Flags) => done(await (await load()).importSamples(file, flags)));
  withData(samples.command('export').description('print what is learned'))
    .option('--format <name>', 'ndjson, csv, akismet, fasttext, natural (default: ndjson)')
    .option('--out <file>', 'where to (default: standard output)')
    .action(async (flags: Flags) => done(await (await load()).exportSamples(flags)));
  withData(samples.command('list').description('the newest thousand')).action(async (flags: Flags) =>
    done(await (await load()).listSamples(flags)),
  );
  withData(samples.command('queue').description('lines whose label would teach most'))
    .option('--limit <number>', 'how many (default: 20)')
    .action(async (flags: Flags) => done(await (await load()).showQueue(flags)));
  withData(samples.command('stats').description('how many there are')).action(async (flags: Flags) =>
    done(await (await load()).showStats(flags)),
  );
}

function addModels(models: Command, done: (code: number) => void): void {
  const load = () => import('./commands/models.ts');
  withWish(withData(models.command('train').description('build a candidate, measure it, promote it if it passes')))
    .option('--no-promote', 'leave the champion as it is')
    .action(async (flags: Flags) => done(await (await load()).trainModel(flags)));
  withData(models.command('list').description('newest first')).action(async (flags: Flags) =>
    done(await (await load()).listModels(flags)),
  );
  withData(
    models.command('show').description('what a model was made of, and how it was measured').argument('<digest>'),
  ).action(async (digest: string, flags: Flags) => done(await (await load()).showModel(digest, flags)));
  withData(
    models
      .command('compare')
      .description('lines on which two models differ')
      .argument('<a>', 'a digest, or base')
      .argument('<b>'),
  ).action(async (a: string, b: string, flags: Flags) => done(await (await load()).compareModels(a, b, flags)));
  withWish(withData(models.command('promote').description('make a model champion').argument('<digest>')))
    .option('--override', 'also where the gate refused it')
    .action(async (digest: string, flags: Flags) => done(await (await load()).promoteModel(digest, flags)));
  withWish(withData(models.command('rollback').description('go back to the champion before')))
    .option('--withdraw', 'withdraw the labels that it was not built with, which the next build would learn again')
    .action(async (flags: Flags) => done(await (await load()).rollbackModel(flags)));
  withData(models.command('prune').description('delete files of models without an alias'))
    .option('--keep <number>', 'the newest that stay (default: 5)')
    .action(async (flags: Flags) => done(await (await load()).pruneModels(flags)));
  withData(models.command('drift').description('has the traffic of the service changed?')).action(
    async (flags: Flags) => done(await (await load()).showDrift(flags)),
  );
  withData(models.command('verify').description('read every model and its digest')).action(async (flags: Flags) =>
    done(await (await load()).verifyModels(flags)),
  );
}

function withData(command: Command): Command {
  return command
    .option('--data <folder>', 'the data folder of the service')
    .option('--tenant <name>', 'whose (default: default)')
    .option('--json', 'as JSON');
}

function withWish(command: Command): Command {
  return command.option('--reason <text>', 'why; it is kept').option('--author <name>', 'who wants it (default: you)');
}
