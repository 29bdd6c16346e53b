import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocsFiles } from '../service/docs.ts';
import { PACKAGE_FOLDER } from './base-sieve.ts';

/** Where the files are: copied by the build in a package, beside the other packages in a checkout. */
const FOLDERS = [join(PACKAGE_FOLDER, 'dist', 'swagger-ui'), join(PACKAGE_FOLDER, 'node_modules', 'swagger-ui-dist')];

/** The files of the API page, from disk at every call: it is opened by people, rarely, and holds 1.5 MB. */
export const docsFiles: DocsFiles = async (name) => {
  for (const folder of FOLDERS) {
    const bytes = await readFile(join(folder, name)).catch(() => null);
    if (bytes !== null) return new Uint8Array(bytes);
  }
  return null;
};
