import { describe, expect, it } from 'vitest';
import { redact, redactText } from './redact';

const planted = 'PLANTED-0123456789-abcdef';

describe('texts', () => {
  it.each([
    `GET /cgi-bin/token?grant_type=client_credential&appid=wx1&secret=${planted}`,
    `https://api.weixin.qq.com/cgi-bin/qrcode/create?access_token=${planted}&x=1`,
    `/api/wechat/1?signature=${planted}&timestamp=1&nonce=${planted}&openid=${planted}&msg_signature=${planted}`,
    `token=${planted}`,
    `Authorization: Bearer ${planted}`,
    `Authorization: Basic ${planted}`,
    `{"appSecret": "${planted}", "a": 1}`,
    `{\\"encodingAesKey\\":\\"${planted}\\"}`,
    `{ password: 1, 'password': '${planted}' }`,
    `postgresql://qudao:${planted}@127.0.0.1/x`,
    `http://localhost:3000/link/${planted}`,
    `the key qd_${planted} is not known`,
  ])('%s', (text) => {
    expect(redactText(text)).not.toContain(planted);
  });

  it('knows an openid by its shape', () => {
    expect(redactText('user oABCD1234567890abcdefghijkl_ left')).not.toContain('oABCD');
    expect(redactText('invalid openid: ["o6_bmjrPTlm6_2sgVt7hMZOPfL2M"] rid: 1')).not.toContain('o6_bmjr');
  });

  it.each([
    'account 3a9f0c52-4a0e-4f5e-9c43-6c8c1e5b7d21 is not granted to user 1',
    'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 65f2b5a1-0d3c4d5e-1a2b3c4d',
    'tokenSource: is required; label: is required',
    'The host of /cgi-bin/stable_token could not be reached: ECONNREFUSED',
    'http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI',
  ])('leaves alone: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('are cut', () => {
    expect(redactText('x'.repeat(1_000_000)).length).toBeLessThan(3_000);
  });

  it('of any length are looked through quickly', () => {
    for (const piece of ['a:', 'a=', '"token":"', 'Bearer ', 'o', '/link/', '://a:', "'"]) {
      expect(redactText(piece.repeat(100_000)).length).toBeLessThan(20_000);
    }
  });
});

describe('values', () => {
  it('are blotted out by name, at any depth and in any spelling', () => {
    const entry = {
      a: [{ b: { c: { d: { appSecret: planted, access_token: planted, 'Set-Cookie': [planted] } } } }],
      password: planted,
      newPassword: planted,
      remoteTokenValue: planted,
      pushToken: planted,
      openid: planted,
      FromUserName: planted,
      apiKey: planted,
      encodingAESKey: planted,
      authorization: planted,
      cookie: planted,
      sessionId: planted,
    };
    expect(JSON.stringify(redact(entry))).not.toContain(planted);
  });

  it('that say nothing secret are kept', () => {
    const entry = {
      tokenSource: 'stable',
      reusedToken: true,
      tokens: 3,
      where: 'action',
      at: new Date(0),
      n: null,
    };
    expect(redact(entry)).toEqual(entry);
  });

  it('survive loops and depth', () => {
    const loop: Record<string, unknown> = { name: 'loop' };
    loop.self = loop;
    let deep: unknown = planted;
    for (let i = 0; i < 50; i++) deep = { deep };
    expect(JSON.stringify(redact({ loop, deep, big: 1n }))).not.toContain(planted);
  });
});

describe('errors', () => {
  const error = Object.assign(
    new Error(`request to https://x/?access_token=${planted} failed`, {
      cause: Object.assign(
        new Error('inner', { cause: new AggregateError([new Error(`Bearer ${planted}`)]) }),
        {
          detail: `Failing row contains (${planted})`,
          parameters: [planted],
        },
      ),
    }),
    {
      code: 'P2010',
      meta: { row: planted },
      request: { body: planted },
      config: { headers: { x: planted } },
    },
  );

  it('keep type, words, code and causes, and nothing that rides along', () => {
    const told = redact({ err: error });
    expect(JSON.stringify(told)).not.toContain(planted);
    expect(told).toMatchObject({ err: { type: 'Error', code: 'P2010', cause: { message: 'inner' } } });
  });
});
