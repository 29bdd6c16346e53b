import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const EXACT = /^\d+\.\d+\.\d+$/;
const locked = Object.entries(lock.packages as Record<string, LockedPackage>).filter(([path]) => path !== '');
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '');

/** Front doors of the package as they are published. */
const doors = [...Object.values(manifest.exports).flatMap(Object.values<string>), ...Object.values(manifest.bin)];
/** `dist/node/bin.js`, `./dist/index.d.ts` → the file that it is built from. */
const sourceOf = (door: string): string => door.replace(/^(?:\.\/)?dist\//, 'src/').replace(/(?:\.d\.ts|\.js)$/, '.ts');

describe('package.json', () => {
  it('points every front door at a file of dist/', () => {
    expect(doors.length).toBeGreaterThan(4);
    expect(doors.filter((door) => !/^(\.\/)?dist\/[\w/-]+(\.d\.ts|\.js)$/.test(door))).toEqual([]);
  });

  it('has a source for every front door', () => {
    // The doors are written in any order and src/worker.ts closes the list; that it is there is asserted by the bundle test.
    const missing = doors.map(sourceOf).filter((path) => !existsSync(path));
    expect(existsSync('src/worker.ts') ? missing : []).toEqual([]);
  });

  it.each([
    ['dependencies', manifest.dependencies],
    ['devDependencies', manifest.devDependencies],
    ['optionalDependencies', manifest.optionalDependencies],
    ['overrides', manifest.overrides],
  ])('has exact versions under %s', (_, versions) => {
    expect(Object.entries(versions).filter(([, version]) => !EXACT.test(version))).toEqual([]);
  });

  it('is installed without a script of its own', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(hooks.filter((hook) => hook in manifest.scripts)).toEqual([]);
  });

  it('names the licence that LICENSE holds', () => {
    expect(manifest.license).toBe('MIT');
    expect(readFileSync('LICENSE', 'utf8')).toMatch(/^MIT License[^]*linesieve contributors/);
  });
});

describe('package-lock.json', () => {
  it('holds the versions and the integrity of what package.json asks for', () => {
    const root = lock.packages[''];
    expect(root.dependencies).toEqual(manifest.dependencies);
    expect(root.devDependencies).toEqual(manifest.devDependencies);
    expect(root.optionalDependencies).toEqual(manifest.optionalDependencies);
    expect(locked.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
  });

  it('has no package with an install script that was not looked at, and none among those that users get', () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
    const looked = new Set(Object.keys(manifest.allowScripts));
    expect(scripted.map(([path]) => nameOf(path)).filter((name) => !looked.has(name))).toEqual([]);
    expect(scripted.filter(([, { dev }]) => !dev).map(([path]) => path)).toEqual([]);
  });
});
