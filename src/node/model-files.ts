import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFiles } from '../store/model-files.ts';

/**
 * Models in a folder: `<folder>/<tenant>/<digest>/<file>`. Files are written beside, flushed to the disk, and moved into place as a whole:
 * a process that dies leaves the model or nothing.
 */
export function folderModelFiles(folder: string): ModelFiles {
  const tenantFolder = (tenant: string): string => join(folder, encodeURIComponent(tenant).replaceAll('.', '%2E'));
  return {
    async put(tenant, digest, files) {
      const place = join(tenantFolder(tenant), digest);
      if (existsSync(place)) return;
      const beside = join(tenantFolder(tenant), `new-${crypto.randomUUID()}`);
      await mkdir(beside, { recursive: true });
      for (const [name, bytes] of Object.entries(files)) await writeFlushed(join(beside, name), bytes);
      await rename(beside, place).catch(async (error: unknown) => {
        await rm(beside, { recursive: true, force: true });
        if (!existsSync(place)) throw error;
      });
    },
    async get(tenant, digest, name) {
      return await readFile(join(tenantFolder(tenant), digest, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
    },
    async remove(tenant, digest) {
      await rm(join(tenantFolder(tenant), digest), { recursive: true, force: true });
    },
    async list(tenant) {
      const names = existsSync(tenantFolder(tenant)) ? await readdir(tenantFolder(tenant)) : [];
      return names.filter((name) => /^[0-9a-f]{64}$/.test(name)).sort();
    },
  };
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
