export type StoredToken = { value: string; expiresAt: Date };

/** The token shared by all processes that call for one official account. */
export interface TokenStore {
  read(): Promise<StoredToken | null>;
  /**
   * Replaces the token under a lock that all processes share, and answers with the one that holds now.
   *
   * Once the lock is held, a stored token that is no longer `stale` and has not expired is answered without a call:
   * somebody else was faster. A token is thus thrown away only if it is still the one that failed.
   *
   * @param stale  the value that failed or is about to expire; null when there was none
   */
  refresh(stale: string | null, fetchToken: () => Promise<StoredToken>): Promise<StoredToken>;
}

/** A store for a single process. Several processes need one on something they share, such as a database row. */
export function createMemoryTokenStore(clock: () => Date = () => new Date()): TokenStore {
  let stored: StoredToken | null = null;
  let lastTurn: Promise<unknown> = Promise.resolve();
  return {
    read: async () => stored,
    refresh(stale, fetchToken) {
      const turn = lastTurn.then(async () => {
        if (stored && stored.value !== stale && stored.expiresAt > clock()) return stored;
        stored = await fetchToken();
        return stored;
      });
      lastTurn = turn.catch(() => undefined);
      return turn;
    },
  };
}
