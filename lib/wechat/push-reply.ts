import { decryptMessage, encryptMessage, parseEncodingAesKey } from './push-cipher';
import { PushError } from './push-error';
import { parsePush, readFields } from './push-event';
import { signPush, verifyMessageSignature } from './push-signature';
import { parseXml } from './xml';
import { element } from './xml-text';

/** What acknowledges a push without saying anything to the person. Never encrypted. */
export const successReply = 'success';

export type ReplyAddress = {
  /** To whom: the push's `openid`. */
  openid: string;
  /** From whom: the push's `accountUserName`. */
  accountUserName: string;
  createdAt: Date;
};

export type NewsArticle = { title: string; description: string; pictureUrl: string; url: string };

const maxArticles = 8;

/** The passive reply of a text. */
export function buildTextReply(address: ReplyAddress, content: string): string {
  return `<xml>${head(address, 'text')}${element('Content', content)}</xml>`;
}

/** The passive reply of 1 to 8 linked articles (WeChat shows only the first after a scan). */
export function buildNewsReply(address: ReplyAddress, articles: readonly NewsArticle[]): string {
  if (articles.length < 1 || articles.length > maxArticles)
    throw new RangeError(`articles: 1 to ${maxArticles}`);
  const items = articles.map(
    ({ title, description, pictureUrl, url }) =>
      `<item>${element('Title', title)}${element('Description', description)}${element('PicUrl', pictureUrl)}${element('Url', url)}</item>`,
  );
  const count = `<ArticleCount>${articles.length}</ArticleCount>`;
  return `<xml>${head(address, 'news')}${count}<Articles>${items.join('')}</Articles></xml>`;
}

/**
 * Encrypts and signs a reply, as an encrypted push wants it.
 *
 * @param reply.nonce   the nonce of the push's query
 * @param reply.random  for test vectors only
 * @throws TypeError  the key is not an EncodingAESKey
 */
export function sealReply(
  account: { token: string; encodingAesKey: string; appId: string },
  reply: { xml: string; nonce: string; now: Date; random?: Uint8Array },
): string {
  const key = parseEncodingAesKey(account.encodingAesKey);
  if (!key) throw new TypeError('encodingAesKey must be 43 letters and digits');
  const encrypted = encryptMessage({ key, appId: account.appId, message: reply.xml, random: reply.random });
  const timestamp = String(Math.floor(reply.now.getTime() / 1000));
  const signature = signPush([account.token, timestamp, reply.nonce, encrypted]);
  const sealed = [
    element('Encrypt', encrypted),
    element('MsgSignature', signature),
    `<TimeStamp>${timestamp}</TimeStamp>`,
    element('Nonce', reply.nonce),
  ];
  return `<xml>${sealed.join('')}</xml>`;
}

const replyTypes = ['text', 'image', 'voice', 'video', 'music', 'news', 'transfer_customer_service'];

/**
 * Reads the passive reply that another server gave to a push that was sealed for it (`sealPush`).
 *
 * @param account.mode  `safe`: the reply must be encrypted and signed with its token
 * @returns the clear XML; null for `success` and an empty body, which say nothing to the person
 * @throws PushError  it is no reply to this person from this account, or not sealed as it must be
 */
export function openReply(
  account: { token: string; encodingAesKey: string | null; appId: string; mode: 'plain' | 'safe' },
  body: string,
  address: Pick<ReplyAddress, 'openid' | 'accountUserName'>,
): string | null {
  const text = body.trim();
  if (text === '' || text === successReply) return null;
  const xml = account.mode === 'safe' ? decryptReply(account, text) : text;
  const reply = parsePush(xml);
  const isReply = reply.kind === 'message' && replyTypes.includes(reply.msgType);
  if (!isReply || reply.fields.ToUserName !== address.openid || reply.openid !== address.accountUserName) {
    throw new PushError('fieldMissing', 'it is no reply to this person from this account');
  }
  return xml;
}

function decryptReply(
  { token, encodingAesKey, appId }: { token: string; encodingAesKey: string | null; appId: string },
  text: string,
): string {
  const key = encodingAesKey === null ? null : parseEncodingAesKey(encodingAesKey);
  if (!key) throw new PushError('noEncodingAesKey');
  const { Encrypt, MsgSignature, TimeStamp, Nonce } = readFields(parseXml(text));
  if (!Encrypt) throw new PushError('plainNotAllowed');
  const claim = { timestamp: TimeStamp ?? '', nonce: Nonce ?? '', signature: MsgSignature ?? '' };
  if (!verifyMessageSignature({ ...claim, token, encrypted: Encrypt })) throw new PushError('wrongSignature');
  return decryptMessage({ key, appId, encrypted: Encrypt });
}

function head({ openid, accountUserName, createdAt }: ReplyAddress, msgType: string): string {
  const createTime = Math.floor(createdAt.getTime() / 1000);
  const names = element('ToUserName', openid) + element('FromUserName', accountUserName);
  return `${names}<CreateTime>${createTime}</CreateTime>${element('MsgType', msgType)}`;
}
