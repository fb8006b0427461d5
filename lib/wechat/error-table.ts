/** When it makes sense to send the same request again. */
export type Retry = 'no' | 'now' | 'later' | 'nextMinute' | 'nextDay';

/** What a person should do. The list is closed, so that a product can hold one sentence for each. */
export const remedyKeys = [
  'tryAgain',
  'whitelistIp',
  'confirmIp',
  'checkAppId',
  'checkSecret',
  'unfreezeSecret',
  'verifiedServiceAccountOnly',
  'accountRestricted',
  'tokenTakenOver',
  'waitNextMinute',
  'waitNextDay',
  'capReached',
  'clearQuotaUsedUp',
  'checkScene',
  'checkOpenid',
  'checkTag',
  'setPushAddress',
  'checkNetwork',
  'checkProxy',
  'ticketGone',
  'checkTokenServer',
  'checkTokenServerHeader',
  'tokenServerStale',
  'raiseIssueWithRid',
] as const;

export type RemedyKey = (typeof remedyKeys)[number];

export type ErrcodeRule = { retry: Retry; remedy: RemedyKey };

const rule = (retry: Retry, remedy: RemedyKey): ErrcodeRule => ({ retry, remedy });

/**
 * What each errcode means for the caller.
 *
 * Sources: WeChat's "common error codes" pages, WxJava's WxMpErrorMsgEnum, wechatpy's constants, the pages of the
 * single endpoints (89501–89507: "Get access token"; 451xx, 45056, 45059, 49003: "User tags").
 */
const rulesByErrcode = {
  [-1]: rule('later', 'tryAgain'),
  40001: rule('later', 'tokenTakenOver'),
  40002: rule('no', 'raiseIssueWithRid'),
  40003: rule('no', 'checkOpenid'),
  40013: rule('no', 'checkAppId'),
  40014: rule('later', 'tokenTakenOver'),
  40033: rule('no', 'checkScene'),
  40035: rule('no', 'raiseIssueWithRid'),
  40052: rule('no', 'raiseIssueWithRid'),
  40053: rule('no', 'checkScene'),
  40066: rule('no', 'raiseIssueWithRid'),
  40097: rule('no', 'raiseIssueWithRid'),
  40125: rule('no', 'checkSecret'),
  40164: rule('no', 'whitelistIp'),
  40201: rule('no', 'setPushAddress'),
  40202: rule('no', 'raiseIssueWithRid'),
  40203: rule('no', 'raiseIssueWithRid'),
  40243: rule('no', 'unfreezeSecret'),
  41001: rule('no', 'raiseIssueWithRid'),
  41002: rule('no', 'checkAppId'),
  41004: rule('no', 'checkSecret'),
  42001: rule('later', 'tokenTakenOver'),
  42007: rule('no', 'checkTokenServer'),
  43002: rule('no', 'raiseIssueWithRid'),
  43003: rule('no', 'raiseIssueWithRid'),
  44002: rule('no', 'raiseIssueWithRid'),
  45009: rule('nextDay', 'waitNextDay'),
  45011: rule('nextMinute', 'waitNextMinute'),
  45029: rule('no', 'capReached'),
  45056: rule('no', 'checkTag'),
  45059: rule('no', 'checkTag'),
  45157: rule('no', 'checkTag'),
  45158: rule('no', 'checkTag'),
  45159: rule('no', 'checkTag'),
  47001: rule('no', 'raiseIssueWithRid'),
  48001: rule('no', 'verifiedServiceAccountOnly'),
  48004: rule('no', 'accountRestricted'),
  48006: rule('no', 'clearQuotaUsedUp'),
  49003: rule('no', 'checkOpenid'),
  50001: rule('no', 'verifiedServiceAccountOnly'),
  50002: rule('no', 'accountRestricted'),
  61004: rule('no', 'whitelistIp'),
  61007: rule('no', 'verifiedServiceAccountOnly'),
  61500: rule('no', 'raiseIssueWithRid'),
  61501: rule('no', 'raiseIssueWithRid'),
  76003: rule('no', 'raiseIssueWithRid'),
  76021: rule('no', 'raiseIssueWithRid'),
  76022: rule('no', 'raiseIssueWithRid'),
  85096: rule('no', 'raiseIssueWithRid'),
  89501: rule('later', 'confirmIp'),
  89503: rule('later', 'confirmIp'),
  89506: rule('nextDay', 'confirmIp'),
  89507: rule('later', 'confirmIp'),
  9410010: rule('no', 'raiseIssueWithRid'),
  9410011: rule('no', 'raiseIssueWithRid'),
  9410012: rule('no', 'raiseIssueWithRid'),
} as const satisfies Record<number, ErrcodeRule>;

/** On the token endpoints the same number means that the credentials are wrong, and asking again changes nothing. */
const rulesAtTokenEndpoint: Record<number, ErrcodeRule> = {
  40001: rule('no', 'checkSecret'),
  40014: rule('no', 'checkSecret'),
};

/** Every errcode that the table explains, so that a product can hold a sentence for each. */
export const knownErrcodes: readonly number[] = Object.keys(rulesByErrcode).map(Number);

/** The token was refused: get another and ask once more. */
export const tokenRefusedErrcodes: ReadonlySet<number> = new Set([40001, 40014, 42001]);

/**
 * @param at  `token` for /cgi-bin/token and /cgi-bin/stable_token, `api` for everything else
 * @returns the rule; for an unknown errcode: no retry, quote the rid to WeChat's support
 */
export function ruleForErrcode(errcode: number, at: 'token' | 'api'): ErrcodeRule {
  const special = at === 'token' ? rulesAtTokenEndpoint[errcode] : undefined;
  const known: Record<number, ErrcodeRule> = rulesByErrcode;
  return special ?? known[errcode] ?? rule('no', 'raiseIssueWithRid');
}
