import { randomBytes } from 'node:crypto';

const messages: Record<number, string> = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40032: 'invalid openid list size',
  40052: 'invalid action name',
  40053: 'invalid action info, please check document',
  40066: 'invalid url',
  40125: 'invalid appsecret',
  40201: 'invalid url. Possible reason: not set callback url',
  40202: 'invalid action',
  40203: 'invalid check_operator',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  42001: 'access_token expired',
  43002: 'require POST method',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slow down, retry next minute',
  45029: 'qrcode count out of limit',
  45056: 'too many tag now, no need to add new',
  45059: 'can only tag 20 tags for one user',
  45157: 'invalid tag name',
  45158: 'tag name too long',
  45159: 'invalid tag id',
  47001: 'data format error',
  48001: 'api unauthorized',
  48006: 'forbid to clear quota because of reaching the limit',
  61500: 'date format error',
  61501: 'date range error',
  76003: 'invalid cgi_path',
  76021: 'cgi_path not found',
  76022: 'could not use this cgi_path, no permission',
};

/** What the platform says instead of an answer: HTTP 200 with errcode and errmsg. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly errcode: number,
    errmsg?: string,
  ) {
    super(errmsg ?? messages[errcode] ?? 'unknown error');
  }

  /** The body as sent; the first group of the rid is the unix time in hex, as in every real one. */
  body(nowMs: number): { errcode: number; errmsg: string } {
    return { errcode: this.errcode, errmsg: `${this.message} rid: ${rid(nowMs)}` };
  }
}

function rid(nowMs: number): string {
  const random = randomBytes(8).toString('hex');
  const seconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, '0');
  return `${seconds}-${random.slice(0, 8)}-${random.slice(8)}`;
}

/** A request to `/_sim/*` that makes no sense: answered with its HTTP status and one sentence. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  constructor(
    readonly status: 400 | 404,
    message: string,
  ) {
    super(message);
  }
}
