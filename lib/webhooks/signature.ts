import 'server-only';
import { createHmac } from 'node:crypto';
import { createToken } from '../secrets';

export const signatureHeader = 'qudao-signature';

/**
 * The value of the signature's header: `t=UNIX_SECONDS,v1=HEX`, with HEX the HMAC-SHA256 of `UNIX_SECONDS.BODY` under the
 * webhook's secret. The receiver computes it again over the bytes it got, and refuses a time stamp that is minutes old.
 */
export function signWebhook(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

export function createWebhookSecret(): string {
  return `whsec_${createToken()}`;
}

export const secretPlace = (webhookId: string) => `webhook:${webhookId}:secret`;
