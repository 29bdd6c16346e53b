/** Networks that no webhook may reach: what is not on the public Internet (IANA's special-purpose registries). */
const BLOCKED_V4: readonly (readonly [address: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Names that only mean something inside of a network. */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|arpa|test|invalid|example|onion)$/;

/** Whether a host name or an address (as a URL has it) must not be called. Decimal and hexadecimal forms are read by the URL parser. */
export function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name.startsWith('[') || isDotted(name)) return isPrivateAddress(name.replace(/^\[|\]$/g, ''));
  return !name.includes('.') || LOCAL_NAME.test(name);
}

/** Whether an IP address is not on the public Internet; what is no address at all counts as private. */
export function isPrivateAddress(address: string): boolean {
  if (isDotted(address)) return isPrivateV4(v4Of(address));
  const groups = groupsOf(address);
  return groups === null || isPrivateV6(groups);
}

function isDotted(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);
}

function v4Of(dotted: string): number {
  return dotted.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isPrivateV4(address: number): boolean {
  return BLOCKED_V4.some(([network, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor(v4Of(network) / size);
  });
}

/** Only global unicast (2000::/3) is public, and of that nothing which is reserved or carries an IPv4 address that is private. */
function isPrivateV6(groups: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0] = groups;
  const low = (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0);
  // ::ffff:0:0/96 (mapped) and 64:ff9b::/96 (NAT64) hold an IPv4 address in their last 32 bits.
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const isNat64 = first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((group) => group === 0);
  if (isMapped || isNat64) return isPrivateV4(low);
  if (first === 0x2002) return isPrivateV4(second * 65_536 + third);
  if ((first & 0xe000) !== 0x2000) return true;
  const isReserved = first === 0x2001 && (second < 0x200 || second === 0xdb8);
  return isReserved || (first === 0x3fff && second < 0x1000);
}

/** The eight groups of an IPv6 address, read by the URL parser; `null` where it is none. */
function groupsOf(address: string): number[] | null {
  const url = `http://[${address.replace(/%.*$/, '')}]/`;
  if (!/^[\da-f:.]+$/i.test(address.replace(/%.*$/, '')) || !URL.canParse(url)) return null;
  const [head = '', tail] = new URL(url).hostname.slice(1, -1).split('::');
  const read = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return read(head);
  const [before, after] = [read(head), read(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
