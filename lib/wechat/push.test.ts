import { describe, expect, it } from 'vitest';
import { type OpenedPush, openPush, openVerification, type PushAccount, type PushQuery } from './open-push';
import { decryptMessage, encryptMessage, parseEncodingAesKey } from './push-cipher';
import { PushError } from './push-error';
import { parsePush } from './push-event';
import { buildNewsReply, buildTextReply, sealReply } from './push-reply';
import { signPush, verifyMessageSignature, verifySignature } from './push-signature';
import { parseXml } from './xml';

/** Published by WeChat ("Message push", "Message encryption"), wechatpy and silenceper/wechat. */
const vector = {
  token: 'AAAAA',
  keyText: 'A'.repeat(43),
  appId: 'wxba5fad812f8e6fb9',
  timestamp: '1714112445',
  nonce: '415670741',
  encrypted:
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
  messageSignature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
};

function keyOf(text: string): Uint8Array {
  const key = parseEncodingAesKey(text);
  if (!key) throw new Error('not a key');
  return key;
}

function reasonOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof PushError) return error.reason;
    throw error;
  }
}

describe('signature', () => {
  it.each([
    [['AAAAA', '1714036504', '1514711492'], 'f464b24fc39322e44b38aa78f5edd27bd1441696'],
    [['AAAAA', '1714037059', '486452656'], '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
    [['AAAAA', '1714112445', '415670741'], '6c5c811b55cc85e0e1b54100749188c20beb3f5d'],
    [['test', '1410685589', 'test'], 'f21891de399b4e33a1a93c9a7b8a8fffb5a443ff'],
    [['789', '456', '123'], 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    [['a', 'b', 'c'], 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ] as const)('of %j', ([token, timestamp, nonce], signature) => {
    expect(signPush([token, timestamp, nonce])).toBe(signature);
    expect(verifySignature({ token, timestamp, nonce, signature })).toBe(true);
    expect(verifySignature({ token: `${token}x`, timestamp, nonce, signature })).toBe(false);
    expect(verifySignature({ token, timestamp, nonce, signature: signature.toUpperCase() })).toBe(false);
    expect(verifySignature({ token, timestamp, nonce, signature: signature.slice(0, 39) })).toBe(false);
  });

  it('sorts as bytes, not as numbers nor as UTF-16', () => {
    expect(signPush(['9', '10', 'a'])).toBe(signPush(['10', '9', 'a']));
    expect(signPush(['9', '10'])).not.toBe(signPush(['910']));
    expect(signPush(['\u{1f600}', '\uffee'])).toBe(signPush(['\uffee\u{1f600}']));
  });

  it('of an encrypted message', () => {
    const { token, timestamp, nonce, encrypted, messageSignature } = vector;
    const claim = { token, timestamp, nonce, encrypted, signature: messageSignature };
    expect(verifyMessageSignature(claim)).toBe(true);
    expect(verifyMessageSignature({ ...claim, encrypted: `${encrypted} ` })).toBe(false);
  });
});

describe('cipher', () => {
  const { appId, encrypted } = vector;
  const key = keyOf(vector.keyText);

  it('reads the published message (its pad of 19 is beyond 16)', () => {
    const message = decryptMessage({ key, appId, encrypted });
    expect(Buffer.byteLength(message)).toBe(167);
    expect(JSON.parse(message)).toMatchObject({ Event: 'debug_demo' });
    const random = Buffer.from('a8eedb185eb2fecf');
    expect(encryptMessage({ key, appId, message, random })).toBe(encrypted);
  });

  it('writes the published reply', () => {
    const message = '{"demo_resp":"good luck"}';
    const random = Buffer.from('707722b803182950');
    const sealed = 'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==';
    expect(encryptMessage({ key, appId, message, random })).toBe(sealed);
    expect(signPush([vector.token, '1713424427', '415670741', sealed])).toBe(
      '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
    );
  });

  it('takes every length of padding', () => {
    for (let length = 0; length < 70; length += 1) {
      const message = '店'.repeat(length);
      expect(decryptMessage({ key, appId, encrypted: encryptMessage({ key, appId, message }) })).toBe(
        message,
      );
    }
  });

  it('checks the app id', () => {
    expect(reasonOf(() => decryptMessage({ key, appId: 'wx1', encrypted }))).toBe('otherAppId');
    expect(reasonOf(() => decryptMessage({ key, appId: `${appId}x`, encrypted }))).toBe('otherAppId');
  });

  it('has one reason for everything that is wrong with the cipher text', () => {
    const bytes = Buffer.from(encrypted, 'base64');
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8((flipped.at(-1) ?? 0) ^ 0x41, flipped.length - 1);
    for (const wrong of [
      '',
      '!!!!',
      encrypted.slice(0, 40),
      bytes.subarray(0, 48).toString('base64'),
      flipped.toString('base64'),
    ]) {
      expect(reasonOf(() => decryptMessage({ key, appId, encrypted: wrong }))).toBe('undecipherable');
    }
    expect(reasonOf(() => decryptMessage({ key: keyOf('B'.repeat(43)), appId, encrypted }))).toBe(
      'undecipherable',
    );
  });

  it('reads keys that do not round-trip, and refuses what is none', () => {
    expect(parseEncodingAesKey('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG')).toHaveLength(32);
    for (const wrong of ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}=`, `${'A'.repeat(42)}+`]) {
      expect(parseEncodingAesKey(wrong)).toBeNull();
    }
  });
});

const wrap = (inside: string) =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA]]></FromUserName><CreateTime>1714112445</CreateTime>${inside}</xml>`;
const eventXml = (event: string, rest = '') =>
  wrap(`<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event>${rest}`);
const scanXml = eventXml('SCAN', '<EventKey><![CDATA[7]]></EventKey><Ticket><![CDATA[gQT]]></Ticket>');

describe('parsePush', () => {
  it('reads the documented events', () => {
    const follow = eventXml('subscribe', '<EventKey><![CDATA[qrscene_123123]]></EventKey><Ticket>T</Ticket>');
    expect(parsePush(follow)).toMatchObject({
      kind: 'subscribe',
      openid: 'oA',
      accountUserName: 'gh_1',
      createTime: 1714112445,
      createdAt: new Date(1714112445000),
      event: 'subscribe',
      eventKey: 'qrscene_123123',
      ticket: 'T',
      scene: { text: '123123', id: 123123 },
    });
    expect(parsePush(scanXml)).toMatchObject({ kind: 'scan', ticket: 'gQT', scene: { text: '7', id: 7 } });
    expect(parsePush(eventXml('Scan', '<EventKey>x</EventKey>'))).toMatchObject({
      kind: 'scan',
      ticket: null,
    });
    expect(parsePush(eventXml('subscribe', '<EventKey/>'))).toMatchObject({
      kind: 'subscribe',
      scene: null,
      eventKey: null,
    });
    expect(parsePush(eventXml('subscribe'))).toMatchObject({ kind: 'subscribe', scene: null });
    expect(parsePush(eventXml('unsubscribe', '<EventKey><![CDATA[]]></EventKey>'))).toMatchObject({
      kind: 'unsubscribe',
    });
    expect(parsePush(eventXml('TEMPLATESENDJOBFINISH'))).toMatchObject({
      kind: 'other',
      event: 'templatesendjobfinish',
    });
  });

  it('reads messages', () => {
    const xml = wrap('<MsgType>text</MsgType><Content><![CDATA[<b>&amp;]]></Content><MsgId>23</MsgId>');
    expect(parsePush(xml)).toMatchObject({
      kind: 'message',
      msgType: 'text',
      msgId: '23',
      content: '<b>&amp;',
    });
  });

  it('reads indented XML with a declaration, attributes, nested elements and references', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
      <xml>
        <ToUserName> <![CDATA[gh_1]]> </ToUserName>
        <FromUserName>oA</FromUserName><CreateTime> 1 </CreateTime>
        <MsgType a='>' >event</MsgType><Event>VIEW</Event>
        <EventKey>http://a/?x=1&amp;y=&#x5e97;&#49;</EventKey>
        <ScanInfo><EventKey>inner</EventKey></ScanInfo>
      </xml>`;
    expect(parsePush(xml)).toMatchObject({ kind: 'other', openid: 'oA', eventKey: 'http://a/?x=1&y=店1' });
  });

  it('drops NUL and other control characters', () => {
    expect(parsePush(eventXml('SCAN', '<EventKey><![CDATA[a\u0000\u0008b]]></EventKey>'))).toMatchObject({
      eventKey: 'ab',
    });
  });

  it.each([
    ['doctypeRefused', `<!DOCTYPE xml [<!ENTITY a "b">]>${scanXml}`],
    ['doctypeRefused', `<?xml version="1.0"?><!doctype x SYSTEM "file:///etc/passwd">${scanXml}`],
    ['malformedXml', scanXml.replace('<Event>', '<Event>&lol;')],
    ['malformedXml', scanXml.replace('<CreateTime>', '<CreateTime>&#xD800;')],
    ['malformedXml', scanXml.replace('<CreateTime>', '<CreateTime>&constructor;')],
    ['malformedXml', '<a>'.repeat(5000)],
    ['malformedXml', `<xml>${'<a/>'.repeat(3000)}</xml>`],
    ['malformedXml', scanXml.replace('</xml>', '')],
    ['malformedXml', `${scanXml}<xml></xml>`],
    ['malformedXml', `${scanXml}tail`],
    ['malformedXml', scanXml.replace('<xml>', '<?php ?><xml>')],
    ['malformedXml', '<xml><![CDATA[open</xml>'],
    ['malformedXml', '<xml a="></xml>'],
    ['malformedXml', '{"json":1}'],
    ['malformedXml', ''],
    ['malformedXml', scanXml.replaceAll('xml>', 'html>')],
    ['fieldMissing', scanXml.replaceAll('FromUserName', 'Other')],
    ['fieldMissing', scanXml.replace('1714112445', 'yesterday')],
    ['fieldMissing', scanXml.replace('oA', 'o'.repeat(200))],
    ['fieldMissing', scanXml.replaceAll('Event>', 'Evil>')],
  ])('refuses as %s: %s', (reason, xml) => {
    expect(reasonOf(() => parsePush(xml))).toBe(reason);
  });
});

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
