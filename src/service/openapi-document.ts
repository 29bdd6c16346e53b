import { akismetPaths } from './openapi-akismet.ts';
import { checkPaths } from './openapi-check.ts';
import { schemasOf, type Json } from './openapi-parts.ts';
import { servicePaths } from './openapi-service.ts';
import { SECURITY_SCHEMES, storePaths, withKeys } from './openapi-store.ts';
import type { Dependencies } from './dependencies.ts';

/** The OpenAPI document of a service: the routes that it has, no other. */
export function openapiDocument(dependencies: Pick<Dependencies, 'version' | 'docs' | 'store'>): Json {
  const open = { ...checkPaths(), ...akismetPaths(), ...servicePaths(dependencies) };
  const hasStore = dependencies.store !== undefined;
  const paths = hasStore ? withKeys({ ...open, ...storePaths() }) : open;
  return {
    openapi: '3.1.1',
    info: {
      title: 'linesieve',
      version: dependencies.version,
      summary: 'Finds the spam that was injected into an article, and hands the article back without it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'check', description: 'Verdicts on documents.' },
      { name: 'akismet', description: "Akismet's protocol, for clients that speak it." },
      ...(hasStore
        ? [{ name: 'site', description: 'What a site has of its own: keys, the log, rules, policy, webhooks.' }]
        : []),
      { name: 'service', description: 'The state of the service.' },
    ],
    paths,
    components: {
      schemas: schemasOf(paths),
      headers: { RequestId: requestIdHeader },
      ...(hasStore ? { securitySchemes: SECURITY_SCHEMES } : {}),
    },
  };
}

const requestIdHeader = {
  description:
    'The X-Request-Id of the request where it was sane (letters, digits, _ - =, 128 at most), else a new one.',
  schema: { type: 'string' },
};
