import type { ModelFiles } from './model-files.ts';

/** As much of an R2 bucket's binding as is used. */
export interface BucketBinding {
  put(key: string, value: Uint8Array): Promise<unknown>;
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
  delete(keys: string | string[]): Promise<void>;
  list(options: { prefix: string; cursor?: string }): Promise<{
    objects: { key: string }[];
    truncated: boolean;
    cursor?: string;
  }>;
}

/** Models in a bucket: `models/<tenant>/<digest>/<file>`. The model itself is put last, so that one that is there is whole. */
export function bucketModelFiles(bucket: BucketBinding): ModelFiles {
  const folder = (tenant: string, digest: string): string => `models/${encodeURIComponent(tenant)}/${digest}/`;
  return {
    async put(tenant, digest, { 'model.bin': model, ...others }) {
      for (const [name, bytes] of Object.entries(others)) await bucket.put(folder(tenant, digest) + name, bytes);
      if (model !== undefined) await bucket.put(`${folder(tenant, digest)}model.bin`, model);
    },
    async get(tenant, digest, name) {
      const object = await bucket.get(folder(tenant, digest) + name);
      return object === null ? null : new Uint8Array(await object.arrayBuffer());
    },
    async remove(tenant, digest) {
      const names = ['model.bin', 'learned.bin', 'samples.txt', 'card.json'];
      await bucket.delete(names.map((name) => folder(tenant, digest) + name));
    },
    async list(tenant) {
      const prefix = `models/${encodeURIComponent(tenant)}/`;
      const digests = new Set<string>();
      let cursor: string | undefined;
      do {
        const page = await bucket.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
        for (const { key } of page.objects) {
          const [digest, name] = key.slice(prefix.length).split('/');
          if (name === 'model.bin') digests.add(digest);
        }
        cursor = page.truncated ? page.cursor : undefined;
      } while (cursor !== undefined);
      return [...digests].sort();
    },
  };
}
