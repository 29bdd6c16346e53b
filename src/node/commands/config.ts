import { readConfig, type Setting } from '../config.ts';
import { EXIT } from '../failure.ts';

/** `linesieve config`: the values that `serve` would run with, and where each comes from. Throws a `UserFailure`. */
export function printConfig(flags: Readonly<Record<string, unknown>>): number {
  const { config, sources } = readConfig(flags, process.env);
  const names = Object.keys(config) as Setting[];
  const rows = Object.fromEntries(names.map((name) => [name, { value: config[name], source: sources[name] }]));
  const lines = names.map(
    (name) => `${name.padEnd(14)} ${(String(config[name] ?? '') || 'none').padEnd(24)} ${sources[name]}`,
  );
  process.stdout.write(flags['json'] === true ? `${JSON.stringify(rows)}\n` : `${lines.join('\n')}\n`);
  return EXIT.clean;
}
