import { randomInt } from 'node:crypto';
import { encryptMessage, parseEncodingAesKey } from './push-cipher';
import { signPush } from './push-signature';
import { element } from './xml-text';

/** Whoever is pushed to, as WeChat knows a server: its token, and its key in safe mode. */
export type PushReceiver = {
  token: string;
  /** 43 letters and digits. Not needed in plain mode. */
  encodingAesKey: string | null;
  appId: string;
  mode: 'plain' | 'safe';
};

/**
 * Writes a push as WeChat sends it: the query that signs it, and the body, encrypted in safe mode.
 *
 * @param push.xml  the clear XML, passed on as it is
 * @throws TypeError  safe mode without an EncodingAESKey
 */
export function sealPush(
  receiver: PushReceiver,
  push: { xml: string; openid: string; accountUserName: string; now: Date },
): { query: URLSearchParams; body: string } {
  const { token, appId } = receiver;
  const timestamp = String(Math.floor(push.now.getTime() / 1000));
  const nonce = String(randomInt(100_000_000, 2_000_000_000));
  const query = new URLSearchParams({
    signature: signPush([token, timestamp, nonce]),
    ...{ timestamp, nonce, openid: push.openid },
  });
  if (receiver.mode === 'plain') return { query, body: push.xml };
  const key = receiver.encodingAesKey === null ? null : parseEncodingAesKey(receiver.encodingAesKey);
  if (!key) throw new TypeError('encodingAesKey must be 43 letters and digits');
  const encrypted = encryptMessage({ key, appId, message: push.xml });
  query.set('encrypt_type', 'aes');
  query.set('msg_signature', signPush([token, timestamp, nonce, encrypted]));
  return {
    query,
    body: `<xml>${element('ToUserName', push.accountUserName)}${element('Encrypt', encrypted)}</xml>`,
  };
}
