import 'server-only';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import type { DeliveryOutcome, DeliveryState, DueDelivery } from './types';

/** How the messages of one kind leave. */
export type DeliverySender = {
  /**
   * Sends one message, outside of any transaction. It may be sent twice: when the process dies before the outcome is written.
   *
   * @param signal  aborted at the queue's deadline, and when the process stops
   */
  send: (ctx: Context, delivery: DueDelivery, signal: AbortSignal) => Promise<DeliveryOutcome>;
  /** What else is to be written with the outcome, in its transaction; `state` is what the delivery has come to. */
  record?: (
    tx: Db,
    settled: { delivery: DueDelivery; outcome: DeliveryOutcome; state: DeliveryState; now: Date },
  ) => Promise<void>;
};
