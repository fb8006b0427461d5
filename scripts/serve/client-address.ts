import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** The header by which the app learns who called; whatever a client sends under this name is dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-qudao-client-address';

const forwardedHeaders = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'forwarded',
];

export function trustedProxies(addresses: string[]): BlockList {
  const list = new BlockList();
  for (const entry of addresses) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function isTrusted(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Writes into the request who really called: the peer, or, behind proxies that are trusted, the last address in
 * X-Forwarded-For that is not one of them. Forwarding headers go no further.
 */
export function settleClientAddress(request: IncomingMessage, proxies: BlockList): void {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isProxied = isIP(peer) !== 0 && isTrusted(proxies, peer);
  const chain = isProxied ? String(request.headers['x-forwarded-for'] ?? '').split(',') : [];
  const hops = chain.map((hop) => hop.trim()).filter((hop) => isIP(hop) !== 0);
  const client = hops.findLast((hop) => !isTrusted(proxies, hop)) ?? hops[0] ?? peer;
  const forwardedHost = request.headers['x-forwarded-host'];
  if (isProxied && typeof forwardedHost === 'string') request.headers.host = forwardedHost;
  for (const name of forwardedHeaders) delete request.headers[name];
  request.headers[CLIENT_ADDRESS_HEADER] = client;
}
