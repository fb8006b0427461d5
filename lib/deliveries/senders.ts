import 'server-only';
import { notificationSender } from '../notifications/send-notification';
import { relaySender } from '../relays/send-push';
import { webhookSender } from '../webhooks/send-webhook';
import type { DeliverySender } from './sender';
import type { DeliveryKind } from './types';

/** Who sends each kind of message. A kind without a sender waits. */
export const senders: Partial<Record<DeliveryKind, DeliverySender>> = {
  notification: notificationSender,
  webhook: webhookSender,
  relay: relaySender,
};
