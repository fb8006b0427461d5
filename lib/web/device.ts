import 'server-only';
import { headers } from 'next/headers';
import type { Device } from '../people/types';

/** Written by the server of scripts/serve, which drops what a client sends under this name. */
const CLIENT_ADDRESS_HEADER = 'x-qudao-client-address';

/** Who sent the present request, as far as the network tells. */
export async function currentDevice(): Promise<Device> {
  const sent = await headers();
  return {
    ipAddress: sent.get(CLIENT_ADDRESS_HEADER) ?? 'unknown',
    userAgent: sent.get('user-agent') ?? '',
  };
}
