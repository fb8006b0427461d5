import { XMLParser } from 'fast-xml-parser';
import { open, sign } from './cipher';
import type { AccountSettings } from './settings';

/** What the person in the chat sees once the push is answered. */
export type UserSees =
  | { kind: 'nothing' }
  | { kind: 'reply'; msgType: string; text: string; articles?: Article[] }
  | { kind: 'serviceUnavailable'; why: string };

/** One linked article of a news reply. */
export type Article = { title: string; description: string; pictureUrl: string; url: string };

/** Reported by users: beyond it the person sees that the service is out of order. */
const MAX_TEXT_BYTES = 2048;

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  ignoreDeclaration: true,
});
const replyTypes = new Set(['text', 'image', 'voice', 'video', 'music', 'news', 'transfer_customer_service']);

type Fields = Record<string, unknown>;

/** Judges the answer to a push as the platform would: `success`, nothing at all, or a reply in the right form. */
export function judgeAnswer(
  settings: AccountSettings,
  openid: string,
  nonce: string,
  body: string,
): UserSees {
  if (body === '' || body === 'success') return { kind: 'nothing' };
  const outer = readXml(body);
  if (!outer) return unavailable('neither success nor XML');
  if (settings.mode === 'plain') return judgeReply(settings, openid, outer);
  if (typeof outer.Encrypt !== 'string') {
    if (settings.mode === 'compat') return judgeReply(settings, openid, outer);
    return unavailable('a clear reply in safe mode');
  }
  const { pushToken, encodingAesKey, appId } = settings;
  if (String(outer.Nonce) !== nonce) return unavailable('the reply has another nonce');
  const signature = sign(pushToken, String(outer.TimeStamp), nonce, outer.Encrypt);
  if (outer.MsgSignature !== signature) return unavailable('the reply has a wrong signature');
  const opened = encodingAesKey ? open(encodingAesKey, outer.Encrypt) : undefined;
  if (!opened || opened.appId !== appId) return unavailable('the reply does not decrypt');
  const inner = readXml(opened.message);
  return inner ? judgeReply(settings, openid, inner) : unavailable('the decrypted reply is no XML');
}

function unavailable(why: string): UserSees {
  return { kind: 'serviceUnavailable', why };
}

function readXml(body: string): Fields | undefined {
  if (!body.trimStart().startsWith('<')) return undefined;
  try {
    const { xml } = parser.parse(body) as { xml?: unknown };
    return typeof xml === 'object' && xml !== null ? (xml as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function judgeReply({ originalId }: AccountSettings, openid: string, reply: Fields): UserSees {
  const msgType = String(reply.MsgType ?? '');
  if (reply.ToUserName !== openid) return unavailable('ToUserName is not the person who scanned');
  if (reply.FromUserName !== originalId) return unavailable('FromUserName is not the account');
  if (!/^\d+$/.test(String(reply.CreateTime ?? ''))) return unavailable('CreateTime is missing');
  if (!replyTypes.has(msgType)) return unavailable('MsgType is unknown');
  if (msgType === 'news') return judgeNews(reply);
  const text = String(reply.Content ?? '');
  if (msgType === 'text' && text.trim() === '') return unavailable('Content is missing');
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) return unavailable('Content is longer than 2048 bytes');
  return { kind: 'reply', msgType, text };
}

function judgeNews({ ArticleCount: count, Articles: list }: Fields): UserSees {
  const found = (list as { item?: Fields | Fields[] } | undefined)?.item ?? [];
  const articles = [found].flat().map(
    ({ Title, Description, PicUrl, Url }): Article => ({
      title: String(Title ?? ''),
      description: String(Description ?? ''),
      pictureUrl: String(PicUrl ?? ''),
      url: String(Url ?? ''),
    }),
  );
  if (articles.length === 0) return unavailable('Articles are missing');
  if (Number(count) !== articles.length) return unavailable('ArticleCount is not how many there are');
  const text = articles.map(({ title }) => title).join(' · ');
  return { kind: 'reply', msgType: 'news', text, articles };
}
