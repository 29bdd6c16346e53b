/** That of the package; a module of its own, so that naming it loads no engine. */
export const VERSION = '0.1.0';
