import { describe, expect, it } from 'vitest';
import { type OpenedPush, openPush, openVerification, type PushAccount, type PushQuery } from './open-push';
import { decryptMessage, encryptMessage, parseEncodingAesKey } from './push-cipher';
import { buildNewsReply, buildTextReply, sealReply } from './push-reply';
import { signPush, verifyMessageSignature } from './push-signature';
import { parseXml } from './xml';

function keyOf(text: string): Uint8Array {
  const key = parseEncodingAesKey(text);
  if (!key) throw new Error('not a key');
  return key;
}

const wrap = (inside: string) =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA]]></FromUserName><CreateTime>1714112445</CreateTime>${inside}</xml>`;
const eventXml = (event: string, rest = '') =>
  wrap(`<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event>${rest}`);
const scanXml = eventXml('SCAN', '<EventKey><![CDATA[7]]></EventKey><Ticket><![CDATA[gQT]]></Ticket>');

const keyText = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const appId = 'wx1234567890abcdef';
const now = new Date(1714112445_000);
const account = (mode: PushAccount['mode']): PushAccount => ({
  token: 'tok',
  encodingAesKey: keyText,
  appId,
  mode,
});

/** Signed as WeChat signs: `signature` always, `msg_signature` and `encrypt_type` where a part is encrypted. */
function query(encrypted?: string, over: Record<string, string> = {}): PushQuery {
  const [timestamp, nonce] = ['1714112445', '42'];
  return {
    signature: signPush(['tok', timestamp, nonce]),
    timestamp,
    nonce,
    ...(encrypted
      ? { encrypt_type: 'aes', msg_signature: signPush(['tok', timestamp, nonce, encrypted]), openid: 'oA' }
      : {}),
    ...over,
  };
}

const encryptXml = (message: string, as = appId) =>
  encryptMessage({ key: keyOf(keyText), appId: as, message });
const safeBody = (encrypted: string) =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
const compatBody = (encrypted: string) =>
  scanXml.replace('</xml>', `<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`);

function outcome(
  mode: PushAccount['mode'],
  rawBody: string | Uint8Array,
  asked: PushQuery,
  changed: Partial<PushAccount> = {},
) {
  const result = openPush({ account: { ...account(mode), ...changed }, query: asked, rawBody }, { now });
  return result.ok ? `${result.event.kind}${result.encrypted ? ' encrypted' : ''}` : result.reason;
}

describe('openPush', () => {
  const cipher = encryptXml(scanXml);

  it('takes what each mode allows and refuses the rest, rightly signed or not', () => {
    const bodies = {
      plain: [scanXml, query()],
      raw: [scanXml, query(undefined, { encrypt_type: 'raw' })],
      compat: [compatBody(cipher), query(cipher)],
      safe: [safeBody(cipher), query(cipher)],
    } as const;
    const table = (['plain', 'compat', 'safe'] as const).map((mode) =>
      Object.values(bodies).map(([body, asked]) => outcome(mode, body, asked)),
    );
    expect(table).toEqual([
      ['scan', 'scan', 'scan', 'encryptedNotExpected'],
      ['scan', 'scan', 'scan encrypted', 'scan encrypted'],
      ['plainNotAllowed', 'plainNotAllowed', 'compatNotAllowed', 'scan encrypted'],
    ]);
  });

  it('checks msg_signature, not signature, in safe mode', () => {
    expect(outcome('safe', safeBody(cipher), query(cipher, { signature: 'x' }))).toBe('scan encrypted');
    expect(
      outcome(
        'safe',
        safeBody(cipher),
        query(cipher, { msg_signature: signPush(['tok', '1714112445', '42']) }),
      ),
    ).toBe('wrongSignature');
    expect(outcome('safe', safeBody(cipher), query(cipher, { msg_signature: '' }))).toBe('parameterMissing');
  });

  it('refuses a rightly signed query with another body', () => {
    expect(outcome('safe', safeBody(encryptXml(scanXml)), query(cipher))).toBe('wrongSignature');
    expect(outcome('compat', compatBody(encryptXml(scanXml)), query(cipher))).toBe('wrongSignature');
  });

  it('does not take clear fields for encrypted ones because the query says so', () => {
    expect(outcome('safe', scanXml, query(cipher))).toBe('plainNotAllowed');
    expect(outcome('compat', scanXml, query(cipher))).toBe('plainNotAllowed');
  });

  it('believes the encrypted part in compatible mode', () => {
    const forged = compatBody(cipher).replace('oA', 'oForged');
    const result = openPush({ account: account('compat'), query: query(cipher), rawBody: forged }, { now });
    expect((result as OpenedPush).event.openid).toBe('oA');
  });

  it.each<[string, string]>([
    ['plain', 'wrongSignature'],
    ['compat', 'wrongSignature'],
  ])('%s: a wrong signature is found before the body is read', (mode, reason) => {
    expect(
      outcome(mode as PushAccount['mode'], 'no xml', query(undefined, { signature: '0'.repeat(40) })),
    ).toBe(reason);
  });

  it('bounds the time stamp of clear bodies, and of encrypted ones not', () => {
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    const plain = { account: account('plain'), query: query(), rawBody: scanXml };
    expect(openPush(plain, { now: at(600) }).ok).toBe(true);
    expect(openPush(plain, { now: at(601) })).toEqual({ ok: false, reason: 'staleTimestamp' });
    expect(openPush(plain, { now: at(-601) })).toEqual({ ok: false, reason: 'staleTimestamp' });
    expect(openPush(plain, { now: at(9999), maxSkewSeconds: null }).ok).toBe(true);
    const safe = { account: account('safe'), query: query(cipher), rawBody: safeBody(cipher) };
    expect(openPush(safe, { now: at(9999) }).ok).toBe(true);
  });

  it('refuses another app id, a missing key, a long body and bytes that are not UTF-8', () => {
    const other = encryptXml(scanXml, 'wxother');
    expect(outcome('safe', safeBody(other), query(other))).toBe('otherAppId');
    expect(outcome('safe', safeBody(cipher), query(cipher), { encodingAesKey: null })).toBe(
      'noEncodingAesKey',
    );
    expect(outcome('plain', `${scanXml}${' '.repeat(65_536)}`, query())).toBe('bodyTooLarge');
    expect(outcome('plain', Buffer.alloc(10_000_000, 0x20), query())).toBe('bodyTooLarge');
    expect(outcome('plain', Buffer.from([0x3c, 0xff, 0xfe]), query())).toBe('notUtf8');
    expect(outcome('plain', Buffer.from(scanXml, 'utf16le'), query())).toBe('malformedXml');
  });

  it('takes a query as URLSearchParams, and no parameter given twice', () => {
    const search = new URLSearchParams(query() as Record<string, string>);
    expect(outcome('plain', Buffer.from(scanXml), search)).toBe('scan');
    search.append('nonce', '43');
    expect(outcome('plain', scanXml, search)).toBe('parameterMissing');
    expect(outcome('plain', scanXml, {})).toBe('parameterMissing');
  });
});

describe('openVerification', () => {
  it('echoes WeChat when the signature is right', () => {
    const asked = {
      signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
      timestamp: '1714036504',
      nonce: '1514711492',
      echostr: '4375120948345356249',
    };
    expect(openVerification({ token: 'AAAAA' }, asked)).toEqual({ ok: true, echo: '4375120948345356249' });
    expect(openVerification({ token: 'AAAAB' }, asked)).toEqual({ ok: false, reason: 'wrongSignature' });
    expect(openVerification({ token: 'AAAAA' }, { ...asked, echostr: '' })).toEqual({
      ok: false,
      reason: 'parameterMissing',
    });
  });
});

describe('replies', () => {
  const address = { openid: 'oA', accountUserName: 'gh_1', createdAt: now };
  const childOf = (xml: string, name: string) => parseXml(xml).children.find((child) => child.name === name);

  it('a text, whatever it holds', () => {
    const content = 'a]]>b <x> & 店 😀\nnext';
    const xml = buildTextReply(address, `${content}\u0000`);
    expect(childOf(xml, 'Content')?.text).toBe(content);
    expect(childOf(xml, 'ToUserName')?.text).toBe('oA');
    expect(childOf(xml, 'FromUserName')?.text).toBe('gh_1');
    expect(childOf(xml, 'CreateTime')?.text).toBe('1714112445');
    expect(childOf(xml, 'MsgType')?.text).toBe('text');
  });

  it('articles', () => {
    const article = { title: 'T', description: 'D', pictureUrl: 'https://p', url: 'https://u' };
    const xml = buildNewsReply(address, [article, article]);
    expect(childOf(xml, 'ArticleCount')?.text).toBe('2');
    expect(childOf(xml, 'Articles')?.children).toHaveLength(2);
    expect(childOf(xml, 'Articles')?.children[0]?.children.map(({ name, text }) => [name, text])).toEqual([
      ['Title', 'T'],
      ['Description', 'D'],
      ['PicUrl', 'https://p'],
      ['Url', 'https://u'],
    ]);
    expect(() => buildNewsReply(address, [])).toThrow(RangeError);
  });

  it('sealed: signed, encrypted, with the nonce of the push', () => {
    const xml = buildTextReply(address, '谢谢关注');
    const sealed = sealReply({ token: 'tok', encodingAesKey: keyText, appId }, { xml, nonce: '42', now });
    const [encrypted = '', signature = ''] = [
      childOf(sealed, 'Encrypt')?.text,
      childOf(sealed, 'MsgSignature')?.text,
    ];
    expect(childOf(sealed, 'TimeStamp')?.text).toBe('1714112445');
    expect(childOf(sealed, 'Nonce')?.text).toBe('42');
    expect(
      verifyMessageSignature({ token: 'tok', timestamp: '1714112445', nonce: '42', encrypted, signature }),
    ).toBe(true);
    expect(decryptMessage({ key: keyOf(keyText), appId, encrypted })).toBe(xml);
  });
});
