import 'server-only';

/** What the start command offers to the code inside the server bundle; they share a process, but no modules. */
export type Host = {
  /** The start command holds the lock on DATA_DIR already. */
  holdsDataDir: boolean;
  /** Starts the stand-in WeChat, once, and waits until it answers. */
  startSimulator: () => Promise<void>;
};

const holder = globalThis as { qudaoHost?: Host };

export function findHost(): Host | null {
  return holder.qudaoHost ?? null;
}

/** What the start command is told once the app can serve, or why it cannot. */
export type BootReport =
  | { ok: true; isDemo: boolean; startLink: string | null; stop: () => Promise<void> }
  | { ok: false; sentence: string; error?: unknown };

export function reportBoot(report: BootReport): void {
  (globalThis as { qudaoBoot?: BootReport }).qudaoBoot = report;
}
