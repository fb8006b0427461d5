import 'server-only';
import type { Context } from '../context';

/** Tasks that whoever makes work for them wakes; the others look by their timers alone. */
export type WakeableTask =
  | 'deliveries'
  | 'exports'
  | 'export retention'
  | 'mark followers'
  | 'recount scans'
  | 'watch quota thresholds';

/**
 * Work that goes on behind the pages, in every server process at once: what it does must be claimed in the database
 * (a lease, FOR UPDATE SKIP LOCKED, a unique row), so that no two processes do the same.
 */
export type BackgroundTask = {
  name: string;
  /** How often it looks when nobody has woken it. */
  everySeconds: number;
  /**
   * One bounded piece of work; it breaks off soon once `stopping` is aborted.
   *
   * @returns true when there is more to do at once
   */
  run: (ctx: Context, stopping: AbortSignal) => Promise<boolean>;
};
