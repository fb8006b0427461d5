import 'server-only';
import { isIP } from 'node:net';
import type { OfficialAccountModel } from '../db/generated/models';
import type { Db } from '../db/open-database';
import { remedyOfStop, type Stop } from './stop-rule';
import type { AccountDto, AccountSummaryDto, SceneRange, StoppedDto } from './types';

const accountSelect = {
  id: true,
  name: true,
  appId: true,
  appSecretSealed: true,
  tokenSource: true,
  remoteTokenUrl: true,
  remoteTokenHeader: true,
  remoteTokenSealed: true,
  pushTokenSealed: true,
  encodingAesKeySealed: true,
  pushMode: true,
  timeZone: true,
  isDemo: true,
  externalDeclaredAt: true,
  stoppedCode: true,
  stoppedMessage: true,
  stoppedAt: true,
  stoppedUntil: true,
  connectedAt: true,
  createdAt: true,
} as const;

export type AccountRow = Pick<OfficialAccountModel, keyof typeof accountSelect>;

export function findAccountRow(db: Db, id: string): Promise<AccountRow | null> {
  return db.officialAccount.findUnique({ where: { id }, select: accountSelect });
}

const detailSelect = {
  ...accountSelect,
  ledger: { select: { cap: true, ownPrefixes: true } },
  ownRanges: { select: { fromId: true, toId: true }, orderBy: { fromId: 'asc' as const } },
};

type DetailRow = AccountRow & {
  ledger: { cap: number; ownPrefixes: string[] } | null;
  ownRanges: { fromId: number; toId: number }[];
};

export async function findAccount(db: Db, id: string, now: Date): Promise<AccountDto | null> {
  const row = await db.officialAccount.findUnique({ where: { id }, select: detailSelect });
  return row && toAccountDto(row, now);
}

/** In order of making. `ids`: the accounts that may be seen. */
export async function findAccounts(
  db: Db,
  query: { ids: 'all' | string[]; after: string | null; take: number; now: Date },
): Promise<AccountDto[]> {
  const after = query.after === null ? null : await findPlace(db, query.after);
  const rows = await db.officialAccount.findMany({
    where: {
      AND: [
        query.ids === 'all' ? {} : { id: { in: query.ids } },
        after === null
          ? {}
          : {
              OR: [
                { createdAt: { gt: after.createdAt } },
                { createdAt: after.createdAt, id: { gt: after.id } },
              ],
            },
      ],
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: query.take,
    select: detailSelect,
  });
  return rows.map((row) => toAccountDto(row, query.now));
}

function findPlace(db: Db, id: string) {
  return db.officialAccount.findUnique({ where: { id }, select: { id: true, createdAt: true } });
}

export async function findAccountSummaries(
  db: Db,
  ids: 'all' | string[],
  now: Date,
): Promise<AccountSummaryDto[]> {
  const rows = await db.officialAccount.findMany({
    where: ids === 'all' ? {} : { id: { in: ids } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      appId: true,
      timeZone: true,
      isDemo: true,
      stoppedCode: true,
      stoppedUntil: true,
    },
  });
  return rows.map(({ stoppedCode, stoppedUntil, ...summary }) => ({
    ...summary,
    isStopped: stoppedCode !== null && (stoppedUntil === null || stoppedUntil > now),
  }));
}

function toAccountDto(row: DetailRow, now: Date): AccountDto {
  return {
    id: row.id,
    name: row.name,
    appId: row.appId,
    tokenSource: row.tokenSource,
    pushMode: row.pushMode,
    timeZone: row.timeZone,
    permanentCap: row.ledger?.cap ?? 0,
    ownRanges: row.ownRanges.map(({ fromId, toId }): SceneRange => [fromId, toId]),
    ownPrefixes: row.ledger?.ownPrefixes ?? [],
    hasAppSecret: row.appSecretSealed !== null,
    hasPushToken: row.pushTokenSealed !== null,
    hasEncodingAesKey: row.encodingAesKeySealed !== null,
    remoteTokenUrl: row.remoteTokenUrl,
    remoteTokenHeader: row.remoteTokenHeader,
    hasRemoteTokenValue: row.remoteTokenSealed !== null,
    externalDeclaredAt: row.externalDeclaredAt?.toISOString() ?? null,
    isDemo: row.isDemo,
    stopped: toStoppedDto(row, now),
    connectedAt: row.connectedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

function toStoppedDto(row: AccountRow, now: Date): StoppedDto | null {
  const { stoppedCode: code, stoppedAt, stoppedUntil } = row;
  if (code === null || (stoppedUntil !== null && stoppedUntil <= now)) return null;
  const message = row.stoppedMessage ?? '';
  const remedy = remedyOfStop(code);
  return {
    code,
    message,
    remedy,
    blockedIp: remedy === 'whitelistIp' || remedy === 'confirmIp' ? findIp(message) : null,
    at: (stoppedAt ?? now).toISOString(),
    until: stoppedUntil?.toISOString() ?? null,
  };
}

/** As lib/wechat reads it: `invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist`. */
function findIp(message: string): string | null {
  const candidates = message.match(/[0-9a-f.:]{2,45}/gi) ?? [];
  return candidates.map((text) => text.replace(/[.:]+$/, '')).find((text) => isIP(text) !== 0) ?? null;
}

export type AccountFields = Partial<
  Omit<AccountRow, 'id' | 'isDemo' | 'createdAt'> & { isDemo: boolean; id: string }
>;

export async function insertAccount(
  db: Db,
  fields: AccountFields & { id: string; name: string; appId: string },
): Promise<void> {
  await db.officialAccount.create({ data: fields, select: { id: true } });
}

export async function updateAccountRow(db: Db, id: string, fields: AccountFields): Promise<void> {
  if (Object.keys(fields).length === 0) return;
  await db.officialAccount.update({ where: { id }, data: fields, select: { id: true } });
}

/** Holds the ledger of an account for this transaction, as everything that changes it does first. */
export async function lockLedger(db: Db, accountId: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM permanent_ledgers WHERE account_id = ${accountId}::uuid FOR UPDATE`;
}

export async function updateLedgerSettings(
  db: Db,
  accountId: string,
  fields: { cap?: number; ownPrefixes?: string[] },
): Promise<void> {
  if (Object.keys(fields).length === 0) return;
  await db.permanentLedger.update({ where: { accountId }, data: fields, select: { accountId: true } });
}

export async function replaceOwnRanges(
  db: Db,
  accountId: string,
  ranges: readonly SceneRange[],
): Promise<void> {
  await db.ownRange.deleteMany({ where: { accountId } });
  await db.ownRange.createMany({ data: ranges.map(([fromId, toId]) => ({ accountId, fromId, toId })) });
}

/** Forgets the token, and shuts out whoever is just fetching one with the credentials of before. */
export async function dropToken(db: Db, accountId: string): Promise<void> {
  await db.accessToken.update({
    where: { accountId },
    data: { valueSealed: null, expiresAt: null, leaseToken: null, leaseUntil: null },
    select: { accountId: true },
  });
}

/** Whether anything has been made of the account's app id, which is then there to stay. */
export async function hasScenes(db: Db, accountId: string): Promise<boolean> {
  const [code, scene] = [
    await db.code.findFirst({ where: { accountId }, select: { id: true } }),
    await db.permanentScene.findFirst({ where: { accountId }, select: { id: true } }),
  ];
  return code !== null || scene !== null;
}

/** @returns whether this is news: sixteen calls that fail at once stop an account once */
export async function writeStop(db: Db, accountId: string, stop: Stop, now: Date): Promise<boolean> {
  const written = await db.$executeRaw`
    UPDATE official_accounts SET stopped_code = ${stop.code}, stopped_message = ${stop.message},
      stopped_at = ${now}, stopped_until = ${stop.until}
    WHERE id = ${accountId}::uuid
      AND (stopped_code IS DISTINCT FROM ${stop.code} OR stopped_until <= ${now})`;
  return written === 1;
}

/** Notes how many slots our count had left when WeChat said that none are. */
export async function markUsedUp(db: Db, accountId: string, now: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE permanent_ledgers SET refused_at = ${now}, refused_remaining = greatest(0,
      (CASE WHEN shares_pool THEN 1 ELSE 2 END) * cap::bigint - issued - reserved - external - unlisted)::int
    WHERE account_id = ${accountId}::uuid`;
}

/** @param onlyCode  leaves any other stop standing */
export async function clearStop(db: Db, accountId: string, onlyCode?: number): Promise<boolean> {
  const { count } = await db.officialAccount.updateMany({
    where: { id: accountId, stoppedCode: onlyCode ?? { not: null } },
    data: { stoppedCode: null, stoppedMessage: null, stoppedAt: null, stoppedUntil: null },
  });
  return count === 1;
}

export async function markConnected(db: Db, accountId: string, now: Date): Promise<void> {
  await db.officialAccount.updateMany({
    where: { id: accountId, connectedAt: null },
    data: { connectedAt: now },
  });
}

export async function isLivingScene(db: Db, accountId: string, scene: string): Promise<boolean> {
  const found = await db.code.findFirst({
    where: { accountId, scene, isLiving: true },
    select: { id: true },
  });
  return found !== null;
}
