import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from './authorise';
import { findPersonRow, findPersonRows, type PersonRow } from './store';
import type { PersonDto } from './types';

/** Everybody who may sign in, in the order in which they came. */
export async function listPeople(ctx: Context): Promise<PersonDto[]> {
  authorise(ctx, 'admin');
  const rows = await findPersonRows(ctx.db);
  return rows.map((row) => toPersonDto(ctx, row, row.sessions[0]?.lastSeenAt ?? null));
}

/** @throws AppError NOT_FOUND */
export async function getPerson(ctx: Context, personId: string): Promise<PersonDto> {
  authorise(ctx, 'admin');
  const row = await findPersonRow(ctx.db, requireId(personId, 'person'));
  if (row === null) throw personNotFound(personId);
  return toPersonDto(ctx, row, null);
}

export function toPersonDto(
  { actor }: Pick<Context, 'actor'>,
  row: PersonRow,
  lastSeenAt: Date | null,
): PersonDto {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    status: statusOf(row, lastSeenAt),
    allAccounts: row.allAccounts,
    accountIds: row.grants.map(({ accountId }) => accountId),
    seesOpenids: row.seesOpenids,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    isSelf: actor.kind === 'user' && actor.id === row.id,
  };
}

/** Whoever has been here is no longer merely invited, as the demo's admin, who comes by link. */
function statusOf(
  { disabledAt, passwordHash, oidcSubject }: PersonRow,
  lastSeenAt: Date | null,
): PersonDto['status'] {
  if (disabledAt !== null) return 'disabled';
  return passwordHash === null && oidcSubject === null && lastSeenAt === null ? 'invited' : 'active';
}

export function personNotFound(personId: string): AppError {
  return new AppError('NOT_FOUND', `no person ${personId}`, { what: 'person' });
}
