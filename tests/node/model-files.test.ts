import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { folderModelFiles } from '../../src/node/model-files.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const DIGEST = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const files = { 'model.bin': Uint8Array.of(1, 2), 'card.json': new TextEncoder().encode('{}') };

describe('models in a folder', () => {
  it('are put whole, read, listed and removed, tenant by tenant', async () => {
    const models = folderModelFiles(folder.path('models'));
    expect(await models.list('a')).toEqual([]);
    await models.put('a', DIGEST, files);
    await models.put('a', OTHER, files);
    expect(await models.list('a')).toEqual([DIGEST, OTHER]);
    expect(await models.list('b')).toEqual([]);
    expect([...((await models.get('a', DIGEST, 'model.bin')) ?? [])]).toEqual([1, 2]);
    expect(await models.get('a', DIGEST, 'learned.bin')).toBeNull();
    expect(await models.get('b', DIGEST, 'model.bin')).toBeNull();
    await models.remove('a', DIGEST);
    await models.remove('a', DIGEST);
    expect(await models.list('a')).toEqual([OTHER]);
  });

  it('stay as they are where they are put again, also by two at once', async () => {
    const models = folderModelFiles(folder.path('twice'));
    await Promise.all([1, 2, 3].map(() => models.put('a', DIGEST, files)));
    await models.put('a', DIGEST, { 'model.bin': Uint8Array.of(9) });
    expect([...((await models.get('a', DIGEST, 'model.bin')) ?? [])]).toEqual([1, 2]);
    expect(readdirSync(folder.path('twice/a'))).toEqual([DIGEST]);
  });

  it('leave a half-written one unseen, and no tenant leaves its folder', async () => {
    mkdirSync(folder.path('half/a/new-1'), { recursive: true });
    const models = folderModelFiles(folder.path('half'));
    expect(await models.list('a')).toEqual([]);
    await models.put('../x', DIGEST, files);
    expect(readdirSync(folder.path('half')).sort()).toEqual(['%2E%2E%2Fx', 'a']);
  });
});
