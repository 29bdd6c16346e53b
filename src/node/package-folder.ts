import { fileURLToPath } from 'node:url';

/** The folder of the package: two levels above this file, in a checkout and in `dist` alike. */
export const PACKAGE_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
