import type { Locale } from '../i18n/locales';
import type { OutgoingError } from '../outgoing/types';

/** What each kind of notification tells; its sentences are `notifications.kinds.KIND`. Times are ISO 8601. */
export type NotificationData = {
  'quota.threshold': { percent: number; spent: number; cap: number; remaining: number };
  'approval.requested': { by: string; count: number; campaign: string };
  'approval.decided': {
    by: string;
    count: number;
    campaign: string;
    decision: 'approved' | 'refused';
    reason: string;
  };
  /** `code`: WeChat's errcode. */
  'account.stopped': { code: number; until: string | null };
  'batch.finished': {
    campaign: string;
    total: number;
    issued: number;
    failed: number;
    state: 'done' | 'failed';
  };
  'export.finished': { total: number; state: 'done' | 'failed' };
  'codes.expiring': { campaign: string; count: number; firstAt: string };
  'webhook.disabled': { host: string; failures: number };
};

export type NotificationKind = keyof NotificationData;

export const notificationKinds = [
  'quota.threshold',
  'approval.requested',
  'approval.decided',
  'account.stopped',
  'batch.finished',
  'export.finished',
  'codes.expiring',
  'webhook.disabled',
] as const satisfies readonly NotificationKind[];

export function isNotificationKind(value: unknown): value is NotificationKind {
  return notificationKinds.some((kind) => kind === value);
}

/** A kind with what it tells. */
export type Told = { [K in NotificationKind]: { kind: K; data: NotificationData[K] } }[NotificationKind];

export type NotificationDto = Told & {
  id: string;
  account: { id: string; name: string; timeZone: string } | null;
  /** The page where it is decided. */
  href: string;
  createdAt: string;
  isRead: boolean;
};

export type NotificationPageDto = { items: NotificationDto[]; nextCursor: string | null };

export const senderKinds = ['email', 'wecom', 'feishu', 'dingtalk'] as const;
export type SenderKind = (typeof senderKinds)[number];

/** Where notifications go beside the page. Address and secret never leave the server. */
export type SenderDto = {
  id: string;
  kind: SenderKind;
  name: string;
  enabled: boolean;
  kinds: NotificationKind[];
  locale: Locale;
  /** E-mail alone. */
  fromAddress: string | null;
  recipients: string[];
  /** Of a robot's address. */
  host: string | null;
  hasSecret: boolean;
  allowPrivate: boolean;
  lastSentAt: string | null;
  lastError: { error: OutgoingError; answer: string | null; at: string } | null;
};

/** What came of a test. `answer`: what the other side said, in its own words. */
export type SenderTestDto =
  | { ok: true; status: number | null; answer: string }
  | { ok: false; status: number | null; error: OutgoingError; answer: string };
