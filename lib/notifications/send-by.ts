import 'server-only';
import type { DeliveryOutcome } from '../deliveries/types';
import { appSecret, env } from '../env';
import { excerptOf, sendRequest } from '../outgoing/send-request';
import { unseal } from '../secrets';
import type { Message } from './compose-message';
import { readRobotAnswer, robotRequest } from './robot-request';
import { sendMail } from './send-mail';
import type { SenderRow } from './sender-store';

/** Where a sender's sealed columns are kept, so that one does not open in the place of another. */
export function sealedPlace(senderId: string, column: 'address' | 'secret'): string {
  return `notificationSender:${senderId}:${column}`;
}

/** Sends one message by one sender, now. It never throws for what the other side does. */
export async function sendBy(
  sender: SenderRow,
  message: Message,
  now: Date,
  signal?: AbortSignal,
): Promise<DeliveryOutcome> {
  if (sender.kind === 'email') {
    const smtpUrl = env().SMTP_URL;
    if (!smtpUrl || sender.fromAddress === null) {
      return { ok: false, status: null, error: 'notConfigured', retry: false };
    }
    return sendMail(smtpUrl, { from: sender.fromAddress, to: sender.recipients }, message);
  }
  const open = (column: 'address' | 'secret', sealed: string) =>
    unseal(appSecret(), sealedPlace(sender.id, column), sealed);
  const robot = {
    address: open('address', sender.addressSealed ?? ''),
    secret: sender.secretSealed === null ? null : open('secret', sender.secretSealed),
  };
  const result = await sendRequest({
    ...robotRequest(sender.kind, robot, message, now),
    headers: { 'content-type': 'application/json; charset=utf-8' },
    allowHttp: sender.allowPrivate,
    allowPrivate: sender.allowPrivate,
    maxAnswerBytes: 4_096,
    ...(signal ? { signal } : {}),
  });
  if (!result.ok) {
    const isLasting = ['badAddress', 'notHttps', 'addressRefused', 'redirect'].includes(result.error);
    return { ok: false, status: null, error: result.error, retry: !isLasting };
  }
  const { status, body } = result.answer;
  const answer = withoutSecrets(excerptOf(body), robot);
  if (status < 200 || status >= 300) {
    return { ok: false, status, error: 'status', answer, retry: status >= 500 || status === 429 };
  }
  const { accepted, retry } = readRobotAnswer(sender.kind, body.toString('utf8'));
  return accepted ? { ok: true, status, answer } : { ok: false, status, error: 'refused', answer, retry };
}

/** A server that repeats what it was asked must not show the key to whoever reads the answer. */
function withoutSecrets(
  answer: string,
  { address, secret }: { address: string; secret: string | null },
): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const pathKey = url?.pathname.split('/').at(-1) ?? '';
  const secrets = [address, secret ?? '', ...(url ? url.searchParams.values() : []), pathKey];
  return secrets
    .filter((text) => text.length >= 8)
    .reduce((clean, text) => clean.replaceAll(text, '…'), answer);
}
