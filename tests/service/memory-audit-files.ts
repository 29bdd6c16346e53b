import type { AuditFiles } from '../../src/store/audit-files.ts';

/** Files of audits in memory. */
export function memoryAuditFiles(): AuditFiles & { readonly names: () => string[] } {
  const files = new Map<string, Uint8Array>();
  const key = (tenant: string, audit: string, name: string): string => `${tenant}/${audit}/${name}`;
  return {
    put: async (tenant, audit, name, bytes) => {
      files.set(key(tenant, audit, name), await Promise.resolve(bytes));
    },
    get: async (tenant, audit, name) => await Promise.resolve(files.get(key(tenant, audit, name)) ?? null),
    remove: async (tenant, audit) => {
      for (const name of files.keys()) if (name.startsWith(key(tenant, audit, ''))) files.delete(name);
      await Promise.resolve();
    },
    names: () => [...files.keys()],
  };
}
