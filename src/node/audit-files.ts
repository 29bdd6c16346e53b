import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AuditFiles } from '../store/audit-files.ts';

/** Audits in a folder: `<folder>/<tenant>/<audit>/<name>`. Files are written beside and moved into place. */
export function folderAuditFiles(folder: string): AuditFiles {
  const place = (tenant: string, audit: string): string =>
    join(folder, encodeURIComponent(tenant).replaceAll('.', '%2E'), audit);
  return {
    async put(tenant, audit, name, bytes) {
      const path = join(place(tenant, audit), name);
      await mkdir(dirname(path), { recursive: true });
      const beside = `${path}.${crypto.randomUUID()}`;
      await writeFile(beside, bytes, { flush: true });
      await rename(beside, path);
    },
    async get(tenant, audit, name) {
      return await readFile(join(place(tenant, audit), name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
    },
    async remove(tenant, audit) {
      await rm(place(tenant, audit), { recursive: true, force: true });
    },
  };
}
