import type { Messages } from '../i18n/load-messages';
import type { CodeDto, CodeErrorDto, CodeStatus, SceneDto } from './types';

export const sceneText = (scene: SceneDto) => ('id' in scene ? String(scene.id) : scene.str);

/** WeChat's `action_name` for this kind of code. */
export function actionName({ kind, scene }: Pick<CodeDto, 'kind' | 'scene'>): string {
  if ('id' in scene) return kind === 'permanent' ? 'QR_LIMIT_SCENE' : 'QR_SCENE';
  return kind === 'permanent' ? 'QR_LIMIT_STR_SCENE' : 'QR_STR_SCENE';
}

const SOON_MS = 3 * 86_400_000;

/** The status as a list shows it: an issued code that ends within 3 days is "expiring". */
export function shownStatus(
  { status, expiresAt }: Pick<CodeDto, 'status' | 'expiresAt'>,
  now: string,
): CodeStatus | 'expiring' {
  if (status !== 'issued' || expiresAt === null) return status;
  const left = Date.parse(expiresAt) - Date.parse(now);
  if (left <= 0) return 'expired';
  return left <= SOON_MS ? 'expiring' : 'issued';
}

/** What a person should do about the failure of issuing or of tagging: a key of `wechat.remedies`. */
export function remedyOfError({ kind, errcode }: Pick<CodeErrorDto, 'kind' | 'errcode'>) {
  if (kind === 'api') return remedyByErrcode[errcode ?? 0] ?? 'raiseIssueWithRid';
  return remedyByKind[kind] ?? 'tryAgain';
}

type Remedy = keyof Messages['wechat']['remedies'];

// Those that `qrcode/create`, the calls for tags and the token before them answer with; lib/wechat knows them all, and is not for browsers.
const remedyByErrcode: Record<number, Remedy> = {
  [-1]: 'tryAgain',
  40001: 'tokenTakenOver',
  40003: 'checkOpenid',
  40013: 'checkAppId',
  40014: 'tokenTakenOver',
  40053: 'checkScene',
  40125: 'checkSecret',
  40164: 'whitelistIp',
  40243: 'unfreezeSecret',
  42001: 'tokenTakenOver',
  45009: 'waitNextDay',
  45011: 'waitNextMinute',
  45029: 'capReached',
  45056: 'checkTag',
  45059: 'checkTag',
  45157: 'checkTag',
  45158: 'checkTag',
  45159: 'checkTag',
  48001: 'verifiedServiceAccountOnly',
  48004: 'accountRestricted',
  49003: 'checkOpenid',
  50001: 'verifiedServiceAccountOnly',
  50002: 'accountRestricted',
  61004: 'whitelistIp',
  61007: 'verifiedServiceAccountOnly',
  89501: 'confirmIp',
  89503: 'confirmIp',
  89506: 'confirmIp',
  89507: 'confirmIp',
};

const remedyByKind: Record<string, Remedy> = {
  timeout: 'checkNetwork',
  network: 'checkNetwork',
  cutReply: 'checkNetwork',
  notJson: 'checkProxy',
  htmlPage: 'checkProxy',
  httpStatus: 'checkProxy',
  redirect: 'checkProxy',
  tooLarge: 'checkProxy',
  ticketUnknown: 'ticketGone',
  badReply: 'raiseIssueWithRid',
  tokenServer: 'checkTokenServer',
};
