import type { InvalidRowDto } from '../tables/types';
import type { RemedyKey, WeChatErrorKind } from '../wechat';

export const tokenSources = ['stable', 'plain', 'remote'] as const;
export type TokenSourceKind = (typeof tokenSources)[number];

export const pushModes = ['plain', 'compat', 'safe'] as const;
export type PushMode = (typeof pushModes)[number];

/** Both ends included. */
export type SceneRange = [from: number, to: number];

export type StoppedDto = {
  /** WeChat's errcode: 45009, 45029, 48001, 40164, … */
  code: number;
  /** WeChat's own words, with the rid. */
  message: string;
  remedy: RemedyKey;
  /** The address that WeChat does not let in, where that is the reason. */
  blockedIp: string | null;
  at: string;
  /** When it starts again by itself; null: when a person resumes it. */
  until: string | null;
};

/** An official account without its secrets; times are ISO 8601 UTC. */
export type AccountDto = {
  id: string;
  name: string;
  appId: string;
  tokenSource: TokenSourceKind;
  pushMode: PushMode;
  timeZone: string;
  permanentCap: number;
  ownRanges: SceneRange[];
  ownPrefixes: string[];
  hasAppSecret: boolean;
  hasPushToken: boolean;
  hasEncodingAesKey: boolean;
  /** The company's own token server. The address may hold a key, so only an admin sees it. */
  remoteTokenUrl: string | null;
  remoteTokenHeader: string | null;
  hasRemoteTokenValue: boolean;
  externalDeclaredAt: string | null;
  isDemo: boolean;
  stopped: StoppedDto | null;
  connectedAt: string | null;
  createdAt: string;
};

export type AccountSummaryDto = {
  id: string;
  name: string;
  appId: string;
  timeZone: string;
  isDemo: boolean;
  isStopped: boolean;
};

export type AccountPageDto = { items: AccountDto[]; nextCursor: string | null };

export const connectionSteps = ['reach', 'credentials', 'whitelist', 'privilege', 'callQuota'] as const;
export type ConnectionStep = (typeof connectionSteps)[number];

/** The steps that one round of calls answers; a round is asked only when the one before it went well. */
export const connectionRounds = ['token', 'privilege', 'callQuota'] as const;
export type ConnectionRound = (typeof connectionRounds)[number];

/** What WeChat said; `describeWeChatError` has the sentences. */
export type ConnectionFailureDto = {
  kind: WeChatErrorKind;
  remedy: RemedyKey;
  tokenServerProblem: Exclude<WeChatErrorKind, 'tokenServer'> | null;
  path: string;
  httpStatus: number | null;
  errcode: number | null;
  errmsg: string | null;
  rid: string | null;
  blockedIp: string | null;
};

export type ConnectionStepDto = {
  step: ConnectionStep;
  /** Null: could not be told, since WeChat refused something else first. */
  ok: boolean | null;
  failure: ConnectionFailureDto | null;
  /** Today's calls of qrcode/create by all systems; of the step `callQuota`. */
  calls: { used: number; dailyLimit: number } | null;
  /** A token was at hand and was not renewed, so that other systems keep theirs. */
  reusedToken: boolean;
  ms: number;
};

export type OutgoingAddressDto = { address: string; isPublic: boolean };

export const externalSources = ['form', 'file', 'api'] as const;
export type ExternalSource = (typeof externalSources)[number];

export type ExternalUseDto = {
  /** By which it can be undone. */
  importId: string;
  declaredAt: string;
  /** Scenes that were not in the ledger before. */
  added: number;
  /** Scenes that were: entered before, or issued by this app. */
  known: number;
};

/** One time that somebody said what other systems have used. */
export type ExternalImportDto = {
  id: string;
  source: ExternalSource;
  fileName: string | null;
  /** "No other system has used any." */
  none: boolean;
  /** The first of them, in order; `moreRanges` says how many follow. */
  ranges: SceneRange[];
  moreRanges: number;
  strs: string[];
  moreStrs: number;
  added: number;
  known: number;
  /** Of its scenes, those that have become codes since: while there is one, it cannot be undone. */
  builtOn: number;
  createdAt: string;
  createdBy: string;
  undone: { at: string; by: string } | null;
};

export type ExternalImportPageDto = { items: ExternalImportDto[]; nextCursor: string | null };

/** What a file of external scenes would do. */
export type ExternalPreviewDto = {
  lines: number;
  invalid: number;
  /** The faulty lines, in order, the first thousand of them. */
  rows: InvalidRowDto[];
  /** Distinct scenes. */
  total: number;
  added: number;
  /** In the ledger already. */
  known: number;
  /** Of the known ones, those that this app has given out itself: they stay this app's. */
  ours: number;
  integers: number;
  strings: number;
  ranges: SceneRange[];
  moreRanges: number;
};
