import 'server-only';
import type { Database } from '../db/open-database';
import { appSecret } from '../env';
import { seal, unseal } from '../secrets';
import type { PushAccount } from '../wechat';
import { createPersonSecret, openidPlace, personSecretPlace } from './person-key';
import { findPushAccount, keepPersonSecret, type PushAccountRow } from './push-account-store';
import type { RecordingAccount } from './record-group';

/** An account as pushes see it, its secrets opened. */
export type ReceivingAccount = RecordingAccount & { push: PushAccount };

/** A changed token or mode holds in this process at once (`forget`), in others after so long. */
const keptMs = 1000;
const maxKept = 1000;

type Kept = { until: number; found: Promise<ReceivingAccount | null> };

/** Keeps accounts for a moment, so that a hundred events that come together read theirs once. */
export class PushAccounts {
  readonly #pool: Database['pool'];
  readonly #kept = new Map<string, Kept>();
  readonly #opened = new Map<string, { fingerprint: string; account: ReceivingAccount }>();

  constructor(pool: Database['pool']) {
    this.#pool = pool;
  }

  /** @returns null for an id that names none, or an account without a token, to which nobody can sign */
  find(accountId: string): Promise<ReceivingAccount | null> {
    const now = performance.now();
    const known = this.#kept.get(accountId);
    if (known && known.until > now) return known.found;
    if (this.#kept.size >= maxKept) this.#kept.clear();
    const found = this.#read(accountId);
    this.#kept.set(accountId, { until: now + keptMs, found });
    found.catch(() => this.#kept.delete(accountId));
    return found;
  }

  forget(accountId: string): void {
    this.#kept.delete(accountId);
  }

  async #read(accountId: string): Promise<ReceivingAccount | null> {
    const row = await findPushAccount(this.#pool, accountId);
    if (!row || row.pushTokenSealed === null) return null;
    const fingerprint = JSON.stringify(row);
    const known = this.#opened.get(accountId);
    if (known?.fingerprint === fingerprint) return known.account;
    const account = await this.#open(row);
    this.#opened.set(accountId, { fingerprint, account });
    return account;
  }

  async #open(row: PushAccountRow): Promise<ReceivingAccount> {
    const { id, appId, pushMode, asksUserInfo, retentionDays } = row;
    const open = (field: string, sealed: string | null) =>
      sealed === null ? null : unseal(appSecret(), `account:${id}:${field}`, sealed);
    const secretSealed =
      row.personSecretSealed ??
      (await keepPersonSecret(
        this.#pool,
        id,
        seal(appSecret(), personSecretPlace(id), createPersonSecret()),
      ));
    return {
      ...{ id, asksUserInfo, retentionDays },
      personSecret: Buffer.from(unseal(appSecret(), personSecretPlace(id), secretSealed), 'base64'),
      sealOpenid: (openid) => seal(appSecret(), openidPlace(id), openid),
      push: {
        token: open('pushToken', row.pushTokenSealed) ?? '',
        encodingAesKey: open('encodingAesKey', row.encodingAesKeySealed),
        ...{ appId, mode: pushMode },
      },
    };
  }
}
