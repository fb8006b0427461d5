import { isNotificationKind, type Told } from './types';

/** What the queue keeps of a notification until a sender has put it into words. */
export type MessagePayload = Told & { notificationId: string; accountId: string | null };

export function toPayload(message: MessagePayload): string {
  return JSON.stringify(message);
}

/** @returns null for what another version has written */
export function parsePayload(text: string): MessagePayload | null {
  const message = JSON.parse(text) as MessagePayload;
  return isNotificationKind(message.kind) ? message : null;
}
