import 'server-only';
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import type { OutgoingAddressDto } from './types';

const notPublic = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
] as const) {
  notPublic.addSubnet(network, bits, 'ipv4');
}
notPublic.addSubnet('fc00::', 7, 'ipv6');
notPublic.addSubnet('fe80::', 10, 'ipv6');
notPublic.addSubnet('2001:db8::', 32, 'ipv6');
notPublic.addAddress('::1', 'ipv6');

export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && !notPublic.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/**
 * The addresses of this machine's own interfaces, public ones first.
 *
 * Behind a router, in a container or with a proxy WeChat sees another one, which only its refusal (40164) or a look from
 * outside can tell.
 */
export async function listOutgoingAddresses(ctx: Context): Promise<OutgoingAddressDto[]> {
  authorise(ctx, 'admin');
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return found
    .filter(({ internal, address }) => !internal && !address.toLowerCase().startsWith('fe80'))
    .map(({ address }) => ({ address, isPublic: isPublicAddress(address) }))
    .sort((a, b) => Number(b.isPublic) - Number(a.isPublic) || isIP(a.address) - isIP(b.address))
    .slice(0, 8);
}
