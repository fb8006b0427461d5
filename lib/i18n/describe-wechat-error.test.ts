import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import {
  createMemoryTokenStore,
  createWeChatClient,
  knownErrcodes,
  pushRefusals,
  remedyKeys,
  sceneIssueCodes,
  WeChatError,
  weChatErrorKinds,
} from '@/lib/wechat';
import { describeWeChatError, type WeChatFailure } from './describe-wechat-error';
import { loadMessages } from './load-messages';
import { locales } from './locales';

const failure: WeChatFailure = {
  kind: 'api',
  remedy: 'whitelistIp',
  tokenServerProblem: null,
  path: '/cgi-bin/stable_token',
  httpStatus: 200,
  errcode: 40164,
  blockedIp: '203.0.113.7',
  rid: '631055d7-1a2b3c4d-5e6f7a8b',
};

describe.each(locales)('sentences about WeChat in %s', async (locale) => {
  const messages = await loadMessages(locale);
  const onError = (error: Error) => {
    throw error;
  };
  const t = createTranslator({ locale, messages, namespace: 'wechat', onError });

  it('has exactly one for each kind, remedy, errcode and refusal that the library knows', () => {
    const { kinds, remedies, errcodes, pushRefusals: refusals, tokenServerProblems } = messages.wechat;
    expect(Object.keys(kinds).sort()).toEqual([...weChatErrorKinds].sort());
    expect(['tokenServer', ...Object.keys(tokenServerProblems)].sort()).toEqual([...weChatErrorKinds].sort());
    expect(Object.keys(remedies).sort()).toEqual([...remedyKeys].sort());
    expect(Object.keys(errcodes).sort()).toEqual(knownErrcodes.map(String).sort());
    expect(Object.keys(refusals).sort()).toEqual([...pushRefusals].sort());
    for (const code of sceneIssueCodes) expect(messages.fields).toHaveProperty(code);
  });

  it('shows the address to whitelist, the errcode without separators, and what it means', () => {
    const { what, remedy } = describeWeChatError(t, failure);
    expect(what).toContain('40164');
    expect(what).toContain(messages.wechat.errcodes['40164']);
    expect(remedy).toContain('203.0.113.7');
    expect(describeWeChatError(t, { ...failure, blockedIp: null }).remedy).not.toContain('absent');
  });

  it('says every kind with every remedy, with or without what they name', () => {
    for (const kind of weChatErrorKinds) {
      for (const remedy of remedyKeys) {
        for (const errcode of [null, 48001, 99999]) {
          const bare = { kind, remedy, errcode, httpStatus: null, blockedIp: null, rid: null };
          const said = describeWeChatError(t, { ...failure, ...bare });
          expect(`${said.what} ${said.remedy}`).not.toMatch(/absent|[{}]/);
        }
      }
    }
    const server = { kind: 'tokenServer', tokenServerProblem: 'timeout' } as const;
    expect(describeWeChatError(t, { ...failure, ...server }).what).toContain(
      messages.wechat.tokenServerProblems.timeout,
    );
  });

  it('takes an error of the library as it is', async () => {
    const client = createWeChatClient({
      appId: 'wx1',
      appSecret: 'secret',
      tokenSource: { kind: 'stable' },
      tokenStore: createMemoryTokenStore(),
      apiBase: 'http://127.0.0.1:1',
      mpBase: 'http://127.0.0.1:1',
      fetch: async () => {
        throw Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
      },
    });
    const error = await client.getAccessToken().catch((reason: unknown) => reason);
    if (!(error instanceof WeChatError)) throw error;
    expect(describeWeChatError(t, error).remedy).toBe(messages.wechat.remedies.checkNetwork);
  });
});
