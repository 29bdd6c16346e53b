import { describe, expect, it } from 'vitest';
import { needsRestart } from '../../src/node/young-space.ts';

const started = { execArgv: [] as string[], env: {}, platform: 'linux' as NodeJS.Platform };

describe('a process that serves', () => {
  it.each([
    ['without a size', started, true],
    ['with other flags', { ...started, execArgv: ['--max-old-space-size=512'] }, true],
    ['with the size', { ...started, execArgv: ['--max-semi-space-size=4'] }, false],
    ['with a size of its own', { ...started, execArgv: ['--max_semi_space_size=64'] }, false],
    ['with a size in NODE_OPTIONS', { ...started, env: { NODE_OPTIONS: '-r x --max-semi-space-size=8' } }, false],
    ['as a child that is spoken to', { ...started, send: () => true }, false],
    ['on Windows', { ...started, platform: 'win32' as const }, false],
  ])('%s: %s', (_, process, needs) => expect(needsRestart(process)).toBe(needs));
});
