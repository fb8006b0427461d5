import 'server-only';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Context } from '../context';
import { isPublicAddress } from '../outgoing/address-class';
import { authorise } from '../people/authorise';
import type { OutgoingAddressDto } from './types';

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
