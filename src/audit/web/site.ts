/** Whether two addresses are of one site: the same host and port. The scheme and a leading `www.` make no other site. */
export function isSameSite(a: URL, b: URL): boolean {
  return siteOf(a) === siteOf(b);
}

function siteOf({ host }: URL): string {
  return host.replace(/^www\./, '');
}
