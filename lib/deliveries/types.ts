import type { OutgoingError } from '../outgoing/types';

export const deliveryKinds = ['webhook', 'relay', 'notification'] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One message to one target. `targetId` is a webhook, a relay or a sender of notifications, by `kind`. */
export type NewDelivery = {
  accountId: string | null;
  kind: DeliveryKind;
  targetId: string;
  /** What it tells of, such as `scan.recorded`; shown in the log of deliveries. */
  eventType: string;
  /** Kept sealed; what it holds is between its maker and the sender of its kind. */
  payload: string;
  /** Whose openid the payload holds: it goes when that person is forgotten. */
  personKey?: string | null;
};

/** A delivery whose turn it is, leased by this process. */
export type DueDelivery = NewDelivery & {
  id: string;
  /** Which attempt this is, from 1. */
  attempt: number;
  createdAt: Date;
};

/** What came of one attempt. `answer`: the beginning of what the other side said, as a person may read it. */
export type DeliveryOutcome =
  | { ok: true; status: number | null; answer?: string }
  | {
      ok: false;
      status: number | null;
      error: OutgoingError;
      answer?: string;
      /** false: trying again would meet the same; the delivery has failed. */
      retry: boolean;
      /** What the other side asked for (Retry-After); the usual wait where that is longer. */
      retryAfterSeconds?: number;
    };

export type DeliveryDto = {
  id: string;
  kind: DeliveryKind;
  targetId: string;
  eventType: string;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: string | null;
  lastStatus: number | null;
  lastError: OutgoingError | null;
  lastAnswer: string | null;
  createdAt: string;
  finishedAt: string | null;
};
