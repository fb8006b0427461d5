import 'server-only';
import type { Db } from '../db/open-database';
import { isLocale } from '../i18n/locales';
import { outgoingErrors } from '../outgoing/types';
import {
  isNotificationKind,
  type NotificationKind,
  type SenderDto,
  type SenderKind,
  type SenderTestDto,
} from './types';

export type SenderColumns = {
  kind: SenderKind;
  name: string;
  enabled: boolean;
  kinds: NotificationKind[];
  locale: string;
  fromAddress: string | null;
  recipients: string[];
  addressSealed: string | null;
  secretSealed: string | null;
  host: string | null;
  allowPrivate: boolean;
};

const fields = {
  id: true,
  kind: true,
  name: true,
  enabled: true,
  kinds: true,
  locale: true,
  fromAddress: true,
  recipients: true,
  addressSealed: true,
  secretSealed: true,
  host: true,
  allowPrivate: true,
  lastSentAt: true,
  lastError: true,
  lastAnswer: true,
  lastErrorAt: true,
} as const;

const findRow = (db: Db, id: string) => db.notificationSender.findUnique({ where: { id }, select: fields });
export type SenderRow = NonNullable<Awaited<ReturnType<typeof findRow>>>;

/** With its sealed address and secret, for sending alone. */
export function findSender(db: Db, id: string): Promise<SenderRow | null> {
  return findRow(db, id);
}

/** In order of making. */
export async function findSenders(db: Db): Promise<SenderDto[]> {
  const rows = await db.notificationSender.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: fields,
  });
  return rows.map(toSenderDto);
}

export async function findEnabledSenders(db: Db, kind: NotificationKind): Promise<string[]> {
  const rows = await db.notificationSender.findMany({
    where: { enabled: true, kinds: { has: kind } },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export async function insertSender(tx: Db, id: string, columns: SenderColumns): Promise<SenderDto> {
  return toSenderDto(await tx.notificationSender.create({ data: { id, ...columns }, select: fields }));
}

/** @returns null where there is none */
export async function updateSenderRow(
  tx: Db,
  id: string,
  columns: Partial<SenderColumns>,
): Promise<SenderDto | null> {
  const { count } = await tx.notificationSender.updateMany({ where: { id }, data: columns });
  const row = count === 1 ? await findRow(tx, id) : null;
  return row && toSenderDto(row);
}

export async function deleteSenderRow(tx: Db, id: string): Promise<boolean> {
  const { count } = await tx.notificationSender.deleteMany({ where: { id } });
  return count === 1;
}

/** What came of the last message; a success clears the last error. */
export async function writeSenderOutcome(
  db: Db,
  id: string,
  outcome: SenderTestDto,
  now: Date,
): Promise<void> {
  await db.notificationSender.updateMany({
    where: { id },
    data: outcome.ok
      ? { lastSentAt: now, lastError: null, lastAnswer: null, lastErrorAt: null }
      : { lastError: outcome.error, lastAnswer: outcome.answer, lastErrorAt: now },
  });
}

export function toSenderDto(row: SenderRow): SenderDto {
  const { addressSealed: _, secretSealed, lastError, lastAnswer, lastErrorAt, lastSentAt, ...rest } = row;
  return {
    ...rest,
    kinds: rest.kinds.filter(isNotificationKind),
    locale: isLocale(rest.locale) ? rest.locale : 'zh-CN',
    hasSecret: secretSealed !== null,
    lastSentAt: lastSentAt?.toISOString() ?? null,
    lastError:
      lastError !== null && lastErrorAt !== null
        ? {
            error: outgoingErrors.find((known) => known === lastError) ?? 'unexpected',
            answer: lastAnswer,
            at: lastErrorAt.toISOString(),
          }
        : null,
  };
}
