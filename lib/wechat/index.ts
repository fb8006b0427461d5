export type { TokenSource } from './access-token';
export { isLoopbackHost, requireSafeUrl } from './base-url';
export { type CallReport, createWeChatClient, type WeChatClient, type WeChatClientOptions } from './client';
export type { CallbackCheck, CallbackCheckRequest } from './diagnostics';
export { knownErrcodes, type RemedyKey, type Retry, remedyKeys } from './error-table';
export {
  maxPushBytes,
  type OpenedPush,
  openPush,
  openVerification,
  type PushAccount,
  type PushMode,
  type PushQuery,
  type RefusedPush,
} from './open-push';
export { decryptMessage, encryptMessage, parseEncodingAesKey } from './push-cipher';
export { PushError, type PushRefusal, pushRefusals } from './push-error';
export { type PushEvent, parsePush } from './push-event';
export {
  buildNewsReply,
  buildTextReply,
  type NewsArticle,
  openReply,
  type ReplyAddress,
  sealReply,
  successReply,
} from './push-reply';
export { signPush, verifyMessageSignature, verifySignature } from './push-signature';
export type { IssuedCode, NewCode } from './qrcode';
export type { CallQuota } from './quota';
export {
  type CodeKind,
  maxExpireSeconds,
  maxPermanentSceneId,
  maxSceneStrBytes,
  maxTemporarySceneId,
  parseScene,
  type ReportedScene,
  type Scene,
  type SceneIssue,
  type SceneIssueCode,
  sceneFromEventKey,
  sceneIssueCodes,
  validateExpireSeconds,
  validateScene,
} from './scene';
export { type PushReceiver, sealPush } from './seal-push';
export { type QrcodeImage, showQrcodeUrl } from './show-qrcode';
export type { FollowerTag } from './tags';
export { readTicket, type TicketContents } from './ticket';
export { createMemoryTokenStore, type StoredToken, type TokenStore } from './token-store';
export type { UserInfo, UserSummaryRow } from './user-info';
export { WeChatError, type WeChatErrorKind, weChatErrorKinds } from './wechat-error';
