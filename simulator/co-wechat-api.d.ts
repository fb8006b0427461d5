/** The part of the library that the tests call; it comes without types. */
declare module 'co-wechat-api' {
  type Code = { ticket: string; url: string; expire_seconds?: number };

  export default class API {
    constructor(appId: string, appSecret: string);
    prefix: string;
    mpPrefix: string;
    getAccessToken(): Promise<{ accessToken: string; expireTime: number }>;
    createTmpQRCode(scene: number | string, expireSeconds: number): Promise<Code>;
    createLimitQRCode(scene: number | string): Promise<Code>;
    showQRCodeURL(ticket: string): string;
    getUser(openid: string): Promise<Record<string, unknown>>;
    getFollowers(): Promise<{ total: number; data: { openid: string[] } }>;
    getIp(): Promise<{ ip_list: string[] }>;
  }
}
