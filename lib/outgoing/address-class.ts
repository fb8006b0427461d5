import { BlockList, isIP } from 'node:net';

/**
 * What an IP address may be called for: `public` by everybody, `private` where an admin has allowed it, `never` not at
 * all: link-local addresses and those at which clouds hand out credentials, multicast, and what is no address of a host.
 */
export type AddressClass = 'public' | 'private' | 'never';

function listOf(v4: [string, number][], v6: [string, number][]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of v4) list.addSubnet(network, bits, 'ipv4');
  for (const [network, bits] of v6) list.addSubnet(network, bits, 'ipv6');
  return list;
}

const never = listOf(
  [
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    // Metadata of Alibaba Cloud, and of Azure's host.
    ['100.100.100.200', 32],
    ['168.63.129.16', 32],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  [
    ['::', 128],
    ['fe80::', 10],
    ['ff00::', 8],
    ['fd00:ec2::254', 128],
  ],
);

/** RFC 6890 and the registries of special-purpose addresses that it opened. */
const notPublic = listOf(
  [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
  ],
  [
    // Teredo and 6to4 hold an IPv4 address that a relay would call.
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ],
);

const globalUnicast = listOf([], [['2000::', 3]]);

export function classifyAddress(address: string): AddressClass {
  const bare = address.split('%')[0] ?? '';
  const version = isIP(bare);
  if (version === 4) return classifyV4(bare);
  if (version !== 6) return 'never';
  const embedded = embeddedV4(bare);
  if (embedded !== null) return classifyV4(embedded);
  if (never.check(bare, 'ipv6')) return 'never';
  return globalUnicast.check(bare, 'ipv6') && !notPublic.check(bare, 'ipv6') ? 'public' : 'private';
}

export function isPublicAddress(address: string): boolean {
  return classifyAddress(address) === 'public';
}

function classifyV4(address: string): AddressClass {
  if (never.check(address, 'ipv4')) return 'never';
  return notPublic.check(address, 'ipv4') ? 'private' : 'public';
}

/** The IPv4 address behind a mapped (::ffff:0:0/96), compatible (::/96) or NAT64 one (64:ff9b::/96); null: none. */
function embeddedV4(address: string): string | null {
  const groups = expand(address);
  const [a, b, c, d, e, f, high = 0, low = 0] = groups;
  const isMapped = !a && !b && !c && !d && !e && f === 0xffff;
  const isCompatible = !a && !b && !c && !d && !e && !f && high * 0x10000 + low > 1;
  const isNat64 = a === 0x64 && b === 0xff9b && !c && !d && !e && !f;
  if (!isMapped && !isCompatible && !isNat64) return null;
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** The eight groups of a valid IPv6 address. */
function expand(address: string): number[] {
  // WHATWG's parser writes an address out in hexadecimal groups alone.
  const written = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = written.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return groups(head);
  const [before, after] = [groups(head), groups(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
