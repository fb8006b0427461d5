import 'server-only';
import type { Receiver } from './scans/receiver';

/** What the start command is told once the app can serve, or why it cannot. */
export type BootReport =
  | {
      ok: true;
      isDemo: boolean;
      startLink: string | null;
      /** Takes a push that the server has read for itself. */
      receivePush: Receiver['receive'];
      stop: () => Promise<void>;
    }
  | { ok: false; sentence: string; error?: unknown };

/** What the start command offers to the code inside the server bundle; they share a process, but no modules. */
export type Host = {
  /** The start command holds the lock on DATA_DIR already. */
  holdsDataDir: boolean;
  /** Starts the stand-in WeChat, once, and waits until it answers. */
  startSimulator: () => Promise<void>;
  reportBoot: (report: BootReport) => void;
};

/** Null when Next was started by other means than the start command. */
export function findHost(): Host | null {
  return (globalThis as { qudaoHost?: Host }).qudaoHost ?? null;
}
