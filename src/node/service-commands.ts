import type { Command } from 'commander';

type Flags = Readonly<Record<string, unknown>>;

/** Adds the commands of the service: `serve`, `config`, `keys`. They load what they need when they run. */
export function addServiceCommands(program: Command, done: (code: number) => void): void {
  withSettings(program.command('serve').description('run the HTTP service and the console')).action(
    async (flags: Flags) => done(await (await import('./commands/serve.ts')).serve(flags)),
  );
  withSettings(program.command('config').description('print the settings that serve would run with, and their sources'))
    .option('--json', 'print them as JSON')
    .action(async (flags: Flags) => done((await import('./commands/config.ts')).printConfig(flags)));
  addKeys(program, done);
}

function addKeys(program: Command, done: (code: number) => void): void {
  const keys = program.command('keys').description('keys to a service with a data folder');
  const withData = (command: Command): Command =>
    command
      .option('--data <folder>', 'the data folder of the service')
      .option('--tenant <name>', 'whose keys (default: default)');
  withData(keys.command('create').description('make a key and print it, once'))
    .requiredOption('--scopes <list>', 'what it may do: check, samples, rules, models, admin, with commas between')
    .option('--name <text>', 'what it is for', 'made on the command line')
    .option('--days <number>', 'how long it lives (default: for ever)')
    .option('--test', 'a key for tests, which says so')
    .option('--sql <file>', 'write the SQL that makes it instead, for wrangler d1 execute')
    .action(async (flags: Flags) => done(await (await import('./commands/keys.ts')).createCommand(flags)));
  withData(keys.command('list').description('all keys, newest first; no secrets'))
    .option('--json', 'as JSON')
    .action(async (flags: Flags) => done(await (await import('./commands/keys.ts')).listCommand(flags)));
  withData(keys.command('revoke').description('end a key at once').argument('<id>')).action(
    async (id: string, flags: Flags) => done(await (await import('./commands/keys.ts')).revokeCommand(id, flags)),
  );
}

/** No defaults here: a flag that is not given leaves its setting to the environment and the file (`config.ts`). */
function withSettings(command: Command): Command {
  return command
    .option('--port <number>', 'TCP port (default: 8787)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--data <folder>', 'keep tenants, keys and verdicts there; without it nothing is kept')
    .option('--workers <number>', 'processes that serve, or auto (default: 1)')
    .option('--body-bytes <number>', 'largest body of a request (default: 5000000)')
    .option('--row-bytes <number>', 'largest row of a batch (default: 5000000)')
    .option('--json-depth <number>', 'how deep JSON may be nested (default: 64)')
    .option('--document-lines <number>', 'most lines of a document (default: 100000)')
    .option('--line-length <number>', 'longest line of a document, in UTF-16 units (default: 5000000)')
    .option('--cors-origins <origins>', 'whose pages may call it from a browser, with commas; *: any (default: none)')
    .option('--grace-seconds <number>', 'for requests under way when it is told to stop (default: 8)')
    .option(
      '--retrain-hours <number>',
      'build a model that often where samples have changed; 0: when asked (default: 0)',
    )
    .option('--requests-per-minute <number>', 'of one key; 0: as many as come (default: 600)')
    .option('--config <file>', 'a JSON file with these settings');
}
