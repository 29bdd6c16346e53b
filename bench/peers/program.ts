import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The most that a program may print about the measured lines. */
const MOST_OUTPUT = 256 * 1024 * 1024;

export function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs a program to its end; what it prints. Throws where it exits with a code that is not in `codes`. */
export function run(program: string, options: readonly string[], input = '', codes: readonly number[] = [0]): string {
  const { status, stdout, stderr, error } = spawnSync(program, options, {
    input,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
  });
  if (error !== undefined) throw error;
  if (!codes.includes(status ?? -1))
    throw new Error(`${program} ${options.join(' ')} ended with ${status}: ${stderr.slice(-500)}`);
  return stdout;
}

export function versionOf(program: string, options: readonly string[]): string {
  return execFileSync(program, options, { encoding: 'utf8' }).split('\n')[0];
}

export function temporary(): { path(name: string): string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'linesieve-peer-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true }) };
}
