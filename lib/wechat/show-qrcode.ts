import { joinUrl, requireSafeUrl } from './base-url';
import { badReply, readJsonReply } from './reply';
import { type HttpOptions, sendRequest } from './request';
import type { Scrub } from './scrub';
import { WeChatError } from './wechat-error';

const path = '/cgi-bin/showqrcode';
/** Documented samples have 28 KB. */
const maxImageBytes = 2 * 1024 * 1024;

export type QrcodeImage = { contentType: 'image/jpeg' | 'image/png' | 'image/gif'; bytes: Uint8Array };

/**
 * The address of WeChat's own picture of a code. Give the ticket as WeChat issued it: it is encoded here, once.
 *
 * (Encoded twice, or not at all where it holds `+` or `/`, it answers 404.)
 */
export function showQrcodeUrl(mpBase: string, ticket: string): string {
  return `${joinUrl(requireSafeUrl(mpBase, 'mpBase'), path).href}?ticket=${encodeURIComponent(ticket)}`;
}

/**
 * Fetches WeChat's picture. No token goes to that host. The type is read from the bytes, since the header says
 * `image/jpg`; the size in pixels is not documented.
 *
 * @throws WeChatError ticketUnknown (404), or any of the transport's
 */
export async function fetchQrcodeImage(
  http: HttpOptions,
  mpBase: string,
  ticket: string,
  scrub: Scrub,
): Promise<QrcodeImage> {
  const url = new URL(showQrcodeUrl(mpBase, ticket));
  const reply = await sendRequest(http, { url, path, maxBytes: maxImageBytes, scrub });
  if (reply.status === 404) {
    throw new WeChatError(
      'WeChat has no picture for this ticket (HTTP 404): it expired or was never issued',
      {
        kind: 'ticketUnknown',
        path,
        httpStatus: 404,
        retry: 'no',
        remedy: 'ticketGone',
        maybeDone: false,
      },
    );
  }
  const contentType = reply.status === 200 ? sniffImage(reply.bytes) : null;
  if (contentType) return { contentType, bytes: reply.bytes };
  try {
    readJsonReply(reply, { path, at: 'api', scrub });
  } catch (error) {
    if (!(error instanceof WeChatError && error.kind === 'notJson')) throw error;
  }
  throw badReply(path, 'is not a picture', false, reply.status);
}

function sniffImage(bytes: Uint8Array): QrcodeImage['contentType'] | null {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (start.startsWith('ffd8ff')) return 'image/jpeg';
  if (start === '89504e470d0a1a0a') return 'image/png';
  return start.startsWith('474946383') ? 'image/gif' : null;
}
