import { randomInt } from 'node:crypto';
import { seal, sign } from './cipher';
import type { AccountSettings } from './settings';

/** What is told to the account's push address. Absent fields are left out of the XML. */
export type PushEvent = {
  openid: string;
  /** Unix seconds. */
  createTime: number;
  msgType: string;
  event?: string;
  eventKey?: string;
  ticket?: string;
  content?: string;
  msgId?: string;
};

function cdata(name: string, value: string): string {
  return `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>\n`;
}

function fields(event: PushEvent, originalId: string): string {
  const { openid, createTime, msgType, event: name, eventKey, ticket, content, msgId } = event;
  return [
    cdata('ToUserName', originalId),
    cdata('FromUserName', openid),
    `<CreateTime>${createTime}</CreateTime>\n`,
    cdata('MsgType', msgType),
    name === undefined ? '' : cdata('Event', name),
    eventKey === undefined ? '' : cdata('EventKey', eventKey),
    ticket === undefined ? '' : cdata('Ticket', ticket),
    content === undefined ? '' : cdata('Content', content),
    msgId === undefined ? '' : `<MsgId>${msgId}</MsgId>\n`,
  ].join('');
}

type Signing = Pick<AccountSettings, 'pushToken' | 'encodingAesKey' | 'mode' | 'appId' | 'originalId'>;

/** The query that every push carries; the openid stands in it as on the real ones. */
function signedQuery(pushToken: string, seconds: number): URLSearchParams {
  const timestamp = String(seconds);
  const nonce = String(randomInt(100_000_000, 2_000_000_000));
  return new URLSearchParams({ signature: sign(pushToken, timestamp, nonce), timestamp, nonce });
}

/** One delivery: query and body in the account's mode. Each is signed and sealed afresh; the event stays what it is. */
export function writePush(
  settings: Signing,
  event: PushEvent,
  seconds: number,
): { query: URLSearchParams; body: string } {
  const { pushToken, encodingAesKey, mode, appId, originalId } = settings;
  const query = signedQuery(pushToken, seconds);
  query.set('openid', event.openid);
  const clear = fields(event, originalId);
  if (mode === 'plain' || !encodingAesKey) return { query, body: `<xml>${clear}</xml>` };
  const encrypt = seal(encodingAesKey, appId, `<xml>${clear}</xml>`);
  query.set('encrypt_type', 'aes');
  const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
  query.set('msg_signature', sign(pushToken, timestamp, nonce, encrypt));
  const visible = mode === 'compat' ? clear : cdata('ToUserName', originalId);
  return { query, body: `<xml>\n${visible}${cdata('Encrypt', encrypt)}</xml>` };
}

/** The query with which the platform verifies an address when its settings are saved; the same in every mode. */
export function writeVerification(pushToken: string, seconds: number): URLSearchParams {
  const query = signedQuery(pushToken, seconds);
  query.set('echostr', String(randomInt(2 ** 40, 2 ** 48 - 1)));
  return query;
}
