import { describe, expect, it } from 'vitest';
import { missingFlags, purposeOf } from '../../src/node/heap-flags.ts';

const started = { execArgv: [] as string[], env: {}, platform: 'linux' as NodeJS.Platform };
const [young, pool] = ['--max-semi-space-size=8', '--v8-pool-size=1'];

describe('a process lacks', () => {
  it.each([
    ['both flags of a service that keeps', 'serve kept', started, [young, pool]],
    ['both flags of one that does not', 'serve', started, ['--max-semi-space-size=2', pool]],
    ['both flags of an audit', 'audit', started, ['--max-semi-space-size=8', '--heap-growing-percent=60']],
    ['none for a command that ends at once', 'check', started, []],
    ['none for a name that objects have', 'constructor', started, []],
    ['them beside other flags', 'serve kept', { ...started, execArgv: ['--max-old-space-size=512'] }, [young, pool]],
    ['what was not given', 'serve kept', { ...started, execArgv: [young] }, [pool]],
    [
      'none with values of its own',
      'serve',
      { ...started, execArgv: ['--max_semi_space_size=64', '--v8-pool-size=2'] },
      [],
    ],
    ['none of NODE_OPTIONS', 'serve', { ...started, env: { NODE_OPTIONS: `-r x ${young} ${pool}` } }, []],
    ['none as a child that is spoken to', 'audit', { ...started, send: () => true }, []],
    ['none on Windows', 'audit', { ...started, platform: 'win32' as const }, []],
  ])('%s', (_, command, process, missing) => expect(missingFlags(command, process)).toEqual(missing));
});

describe('the purpose of a process', () => {
  it.each([
    ['a command', ['audit', 'x', '--data', 'y'], {}, 'audit'],
    ['none', [], {}, ''],
    ['a service that keeps nothing', ['serve', '--port', '0'], {}, 'serve'],
    ['one with a folder', ['serve', '--data', 'x'], {}, 'serve kept'],
    ['one with a folder in one word', ['serve', '--data=x'], {}, 'serve kept'],
    ['one whose file may name a folder', ['serve'], { LINESIEVE_CONFIG: 'x' }, 'serve kept'],
    ['one whose variables are empty', ['serve'], { LINESIEVE_DATA: '', LINESIEVE_CONFIG: '' }, 'serve'],
    ['one whose environment names a folder', ['serve'], { LINESIEVE_DATA: 'x' }, 'serve kept'],
  ])('is %s', (_, args, env, purpose) => expect(purposeOf(args, env)).toBe(purpose));
});
