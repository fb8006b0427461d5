import { describe, expect, it } from 'vitest';
import { decryptMessage, encryptMessage, parseEncodingAesKey } from './push-cipher';
import { PushError } from './push-error';
import { signPush, verifyMessageSignature, verifySignature } from './push-signature';

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
