import type { AuditFiles } from './audit-files.ts';
import type { BucketBinding } from './r2-model-files.ts';

/** Audits in a bucket: `audits/<tenant>/<audit>/<name>`. */
export function bucketAuditFiles(bucket: BucketBinding): AuditFiles {
  const folder = (tenant: string, audit: string): string => `audits/${encodeURIComponent(tenant)}/${audit}/`;
  return {
    async put(tenant, audit, name, bytes) {
      await bucket.put(folder(tenant, audit) + name, bytes);
    },
    async get(tenant, audit, name) {
      const object = await bucket.get(folder(tenant, audit) + name);
      return object === null ? null : new Uint8Array(await object.arrayBuffer());
    },
    async remove(tenant, audit) {
      // A page of a list is what one call may delete.
      for (;;) {
        const { objects } = await bucket.list({ prefix: folder(tenant, audit) });
        if (objects.length === 0) return;
        await bucket.delete(objects.map(({ key }) => key));
      }
    },
  };
}
