import API from 'co-wechat-api';
import Encryptor from 'node-easywechat/dist/Core/Encryptor.js';
import AccessTokenAwareClient from 'node-easywechat/dist/Core/HttpClient/AccessTokenAwareClient.js';
import HttpClient from 'node-easywechat/dist/Core/HttpClient/HttpClient.js';
import AccessToken from 'node-easywechat/dist/OfficialAccount/AccessToken.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AES_KEY, APP_ID, handClock, PUSH_TOKEN, type Rig, SECRET, startApp, startRig } from './rig';

/** Libraries that others wrote for the real platform, pointed at the stand-in, must not notice. */
const time = handClock();
let rig: Rig;

beforeEach(async () => {
  rig = await startRig({ clock: time.clock });
  await rig.account();
});
afterEach(() => rig.close());

describe('co-wechat-api', () => {
  function client(secret = SECRET): API {
    const api = new API(APP_ID, secret);
    api.prefix = `${rig.base}/cgi-bin/`;
    api.mpPrefix = `${rig.base}/cgi-bin/`;
    return api;
  }

  test.each([
    ['temporary integer', 4_294_967_295, true],
    ['temporary string', '门店', true],
    ['permanent integer', 100_000, false],
    ['permanent string', 'shop_17', false],
  ] as const)('makes a %s code and shows its picture', async (_, scene, temporary) => {
    const api = client();
    const code = temporary ? await api.createTmpQRCode(scene, 1800) : await api.createLimitQRCode(scene);
    expect(code.expire_seconds).toBe(temporary ? 1800 : undefined);
    expect(code.url).toMatch(/^http:\/\/weixin\.qq\.com\/q\/02/);
    const picture = await fetch(api.showQRCodeURL(code.ticket));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpg']);
  });

  test('gets a user and the followers', async () => {
    const api = client();
    const { ticket } = await api.createLimitQRCode('shop_17');
    await rig.post('/_sim/scan', { ticket, openid: 'oA' });
    expect(await api.getUser('oA')).toMatchObject({ subscribe: 1, qr_scene_str: 'shop_17' });
    expect((await api.getFollowers()).data.openid).toEqual(['oA']);
    expect((await api.getIp()).ip_list).toContain('127.0.0.1');
  });

  test('its own handling of an expired token works', async () => {
    const api = client();
    await api.createLimitQRCode(1);
    await rig.post('/_sim/faults', { rate: 1, kind: 'tokenExpired', seed: 1, times: 1 });
    expect((await api.createLimitQRCode(2)).ticket).toBeDefined();
    expect((await rig.state()).faults).toEqual({ tokenExpired: 1 });
  });

  test('reads the errors', async () => {
    await expect(client('short').getAccessToken()).rejects.toMatchObject({
      name: 'WeChatAPIError',
      code: 40125,
      message: expect.stringMatching(/rid: /),
    });
    await expect(client().createLimitQRCode(100_001)).rejects.toMatchObject({ code: 40053 });
  });
});

describe('node-easywechat', () => {
  // Its parts, joined as its Application joins them: the front door itself needs a file that its own dependency
  // (node-socialite) no longer has.
  function client(stable: boolean): AccessTokenAwareClient {
    const http = HttpClient.create({ baseURL: `${rig.base}/` });
    const token = new AccessToken(APP_ID, SECRET, undefined, undefined, http, stable);
    const failed = (response: { toObject(): { errcode?: number } }) => Boolean(response.toObject().errcode);
    return new AccessTokenAwareClient(http.judgeFailureUsing(failed), token);
  }

  test.each([false, true])('makes codes and reads users, stable token: %s', async (stable) => {
    const api = client(stable);
    const made = await api.postJson('cgi-bin/qrcode/create', {
      action_name: 'QR_LIMIT_STR_SCENE',
      action_info: { scene: { scene_str: '门店' } },
    });
    expect(made.isFailed()).toBe(false);
    const { ticket } = made.toObject();
    await rig.post('/_sim/scan', { ticket, openid: 'oA' });
    const user = await api.get('cgi-bin/user/info', { params: { openid: 'oA' } });
    expect(user.toObject()).toMatchObject({ subscribe: 1, qr_scene_str: '门店' });
    const paths = Object.keys((await rig.state()).calls ?? {});
    expect(paths).toContain(stable ? '/cgi-bin/stable_token' : '/cgi-bin/token');
  });

  test('opens our safe-mode push with its own cipher', async () => {
    const app = await startApp(() => ({}));
    await rig.account({ pushUrl: app.url, mode: 'safe', encodingAesKey: AES_KEY });
    const { ticket } = await rig.permanent('shop_17');
    await rig.post('/_sim/scan', { ticket, openid: 'oA' });
    const pushed = app.pushes[0];
    app.close();
    const encrypt = /<Encrypt><!\[CDATA\[(.+)\]\]>/.exec(pushed?.body ?? '')?.[1] ?? '';
    const query = (name: string) => pushed?.query.get(name) ?? '';
    const encryptor = new Encryptor(APP_ID, PUSH_TOKEN, AES_KEY, APP_ID);
    const opened = encryptor.decrypt(
      encrypt,
      query('msg_signature'),
      query('nonce'),
      Number(query('timestamp')),
    );
    expect(opened).toContain('<EventKey><![CDATA[qrscene_shop_17]]></EventKey>');
  });
});
