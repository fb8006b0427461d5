import { encryptMessage, parseEncodingAesKey } from './push-cipher';
import { signPush } from './push-signature';
import { legalXmlText } from './xml';

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

function head({ openid, accountUserName, createdAt }: ReplyAddress, msgType: string): string {
  const createTime = Math.floor(createdAt.getTime() / 1000);
  const names = element('ToUserName', openid) + element('FromUserName', accountUserName);
  return `${names}<CreateTime>${createTime}</CreateTime>${element('MsgType', msgType)}`;
}

function element(name: string, text: string): string {
  return `<${name}><![CDATA[${legalXmlText(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}
