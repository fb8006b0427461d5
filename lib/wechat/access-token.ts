import type { StoredToken, TokenStore } from './token-store';
import { WeChatError, withMaybeDone } from './wechat-error';

/**
 * Where the access token comes from.
 *
 * `stable`: /cgi-bin/stable_token; several servers may ask, nobody's token is retired. The right choice unless there
 * is a reason. `plain`: /cgi-bin/token; each call retires the token that any other system holds. `remote`: the
 * company's own token server, asked by GET with one header (default name Authorization); it answers JSON
 * `{access_token, expires_in}` or `{token, expires_in}`, and no app secret is needed here.
 */
export type TokenSource =
  | { kind: 'stable' }
  | { kind: 'plain' }
  | { kind: 'remote'; url: string; headerName?: string; headerValue?: string };

/**
 * How long before its end a token is replaced. WeChat hands out a new stable token in the last 5 minutes; a company's
 * server goes on giving the one it has, so asking it early gains nothing.
 */
const marginMsBySource = { stable: 120_000, plain: 120_000, remote: 10_000 } as const;

export type AccessToken = {
  /** The token to use now, from the store or fetched. */
  current(): Promise<StoredToken>;
  /** Another token than `stale`, which WeChat has refused. However many wait, one call is made. */
  renew(stale: string | null): Promise<StoredToken>;
};

export function createAccessToken(options: {
  sourceKind: TokenSource['kind'];
  store: TokenStore;
  clock: () => Date;
  fetchToken: () => Promise<StoredToken>;
}): AccessToken {
  const { store, clock, fetchToken } = options;
  const marginMs = marginMsBySource[options.sourceKind];
  const underWay = new Map<string | null, Promise<StoredToken>>();

  // The store's lock alone would let waiting callers fail one after the other, each with a call of its own.
  function renew(stale: string | null): Promise<StoredToken> {
    const running = underWay.get(stale);
    if (running) return running;
    const started = store
      .refresh(stale, fetchToken)
      .catch((error: unknown) => {
        // What was to be called with this token has not been sent.
        throw error instanceof WeChatError ? withMaybeDone(error, false) : error;
      })
      .finally(() => underWay.delete(stale));
    underWay.set(stale, started);
    return started;
  }

  return {
    renew,
    async current() {
      const stored = await store.read();
      if (stored && stored.expiresAt.getTime() - clock().getTime() > marginMs) return stored;
      return renew(stored?.value ?? null);
    },
  };
}
