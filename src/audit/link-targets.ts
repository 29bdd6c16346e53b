const HOST = /(?:https?:\/\/|\/\/|\bwww\.|\b)((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})\b/gi;
/** Names of files look like hosts and are none. */
const FILE = /\.(?:html?|php|aspx?|jsp|js|css|png|jpe?g|gif|webp|svg|mp4|avi|mkv|pdf|docx?|txt|zip|apk)$/;

/** Hosts that a text links to or names, lower case, without `www.`, sorted and each once. */
export function hostsOf(text: string): string[] {
  const hosts = [...text.matchAll(HOST)].map(([, host = '']) => host.toLowerCase().replace(/^www\./, ''));
  return [...new Set(hosts)].filter((host) => !FILE.test(host)).sort();
}
