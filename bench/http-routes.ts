/** What servers of `http-server.ts` answer: a check, and a route that parses the body and no more. */
export const CHECK_ROUTE = '/v1/check';
export const BARE_ROUTE = '/v1/bare';
