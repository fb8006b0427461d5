import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../context';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { seal, unseal } from '../secrets';
import type { StoredToken, TokenStore } from '../wechat';

/** Longer than one call to the token source may take (10 s), so that only a crashed holder is ever overtaken. */
const leaseSeconds = 15;
const pollMs = { min: 40, max: 250 };
/** How long a token that was read is given out without reading again. One that has died meanwhile is refused and renewed. */
const freshMs = 1_000;

type Row = { value_sealed: string | null; expires_at: Date | null };

export type TokenStoreOptions = {
  db: Pick<Db, '$queryRaw' | '$executeRaw'>;
  accountId: string;
  appSecret: () => string;
  clock: Clock;
  /** How long a caller waits for somebody else's refresh, default 25 s: longer than a crashed holder's lease. */
  waitMs?: number;
};

/**
 * The account's token in its row of the database: one refresh at a time for all processes.
 *
 * Who takes the lease calls the token source, outside any transaction; the others wait and read what it has stored. A
 * holder that dies is overtaken when its lease ends, after 15 s at most, and cannot write any more (fencing token).
 *
 * `refresh` throws what `fetchToken` throws; AppError BUSY when nobody has brought a token in time.
 */
export function createTokenStore(options: TokenStoreOptions): TokenStore {
  const { db, accountId, clock } = options;
  const place = `account:${accountId}:accessToken`;
  let opened: { sealed: string; value: string } | null = null;
  let lately: { token: StoredToken; at: number } | null = null;

  function open(row: Row | undefined): StoredToken | null {
    if (!row?.value_sealed || !row.expires_at) return null;
    if (opened?.sealed !== row.value_sealed) {
      opened = { sealed: row.value_sealed, value: unseal(options.appSecret(), place, row.value_sealed) };
    }
    return { value: opened.value, expiresAt: row.expires_at };
  }

  /** Codes are issued by the hundred a second: not each of them asks the database for the same token. */
  async function readLately(): Promise<StoredToken | null> {
    if (lately && performance.now() - lately.at < freshMs) return lately.token;
    const token = await read();
    lately = token && { token, at: performance.now() };
    return token;
  }

  async function read(): Promise<StoredToken | null> {
    const rows = await db.$queryRaw<Row[]>`
      SELECT value_sealed, expires_at FROM access_tokens WHERE account_id = ${accountId}::uuid`;
    return open(rows[0]);
  }

  // Leases go by the database's clock, which all processes share.
  async function acquire(lease: string): Promise<{ token: StoredToken | null } | null> {
    const rows = await db.$queryRaw<Row[]>`
      UPDATE access_tokens SET lease_token = ${lease}::uuid, lease_until = now() + make_interval(secs => ${leaseSeconds})
      WHERE account_id = ${accountId}::uuid AND (lease_until IS NULL OR lease_until < now())
      RETURNING value_sealed, expires_at`;
    return rows[0] ? { token: open(rows[0]) } : null;
  }

  async function release(lease: string): Promise<void> {
    await db.$executeRaw`
      UPDATE access_tokens SET lease_token = NULL, lease_until = NULL
      WHERE account_id = ${accountId}::uuid AND lease_token = ${lease}::uuid`;
  }

  async function keep(lease: string, token: StoredToken): Promise<boolean> {
    const sealed = seal(options.appSecret(), place, token.value);
    const written = await db.$executeRaw`
      UPDATE access_tokens
      SET value_sealed = ${sealed}, expires_at = ${token.expiresAt}, lease_token = NULL, lease_until = NULL
      WHERE account_id = ${accountId}::uuid AND lease_token = ${lease}::uuid`;
    return written === 1;
  }

  const isOther = (token: StoredToken | null, stale: string | null): token is StoredToken =>
    token !== null && token.value !== stale && token.expiresAt > clock.now();

  return {
    read: readLately,
    async refresh(stale, fetchToken) {
      lately = null;
      const giveUpAt = performance.now() + (options.waitMs ?? 25_000);
      const lease = randomUUID();
      for (let wait = pollMs.min; ; wait = Math.min(wait * 1.5, pollMs.max)) {
        const held = await acquire(lease);
        if (held) {
          if (isOther(held.token, stale)) {
            await release(lease);
            return held.token;
          }
          let fetched: StoredToken;
          try {
            fetched = await fetchToken();
          } catch (error) {
            // If this fails too the lease ends by itself; the reason for the failure matters more.
            await release(lease).catch(() => undefined);
            throw error;
          }
          if (await keep(lease, fetched)) return fetched;
          // Overtaken, or the connection was changed meanwhile: what is stored now is newer.
          const stored = await read();
          return isOther(stored, stale) ? stored : fetched;
        }
        const stored = await read();
        if (isOther(stored, stale)) return stored;
        if (performance.now() > giveUpAt) throw new AppError('BUSY', 'nobody has brought an access token');
        await sleep(wait * (0.75 + Math.random() / 2));
      }
    },
  };
}
