import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { parseInput, requireId } from '../field-issues';
import { refusePersonLaws } from './access';
import { authorise } from './authorise';
import { deleteUnspentLinksOf } from './link-store';
import { personNotFound } from './people';
import { personIdSchema } from './schemas';
import { endSessions } from './session-store';
import { deletePersonRow, findPersonRow, lockPerson, type PersonRow, updatePersonRow } from './store';

/** Ends somebody's access for now: sessions and links end, everything they made stays. @throws AppError LAST_ADMIN, NOT_FOUND */
export async function disablePerson(ctx: Context, input: unknown): Promise<void> {
  authorise(ctx, 'admin');
  await changePerson(ctx, input, async (tx, person) => {
    if (person.disabledAt !== null) return;
    const now = ctx.clock.now();
    await updatePersonRow(tx, person.id, { disabledAt: now });
    await deleteUnspentLinksOf(tx, person.id);
    const endedSessions = await endSessions(tx, { userId: person.id }, now, 'person_disabled');
    await note(ctx, tx, 'person.disable', person, { endedSessions });
  });
}

/** Lets somebody in again, with the password they had. @throws AppError NOT_FOUND */
export async function enablePerson(ctx: Context, input: unknown): Promise<void> {
  authorise(ctx, 'admin');
  await changePerson(ctx, input, async (tx, person) => {
    if (person.disabledAt === null) return;
    await updatePersonRow(tx, person.id, { disabledAt: null });
    await note(ctx, tx, 'person.enable', person);
  });
}

/** Deletes somebody for good; campaigns and codes they made stay, the audit log keeps their name. @throws AppError LAST_ADMIN, NOT_FOUND */
export async function removePerson(ctx: Context, input: unknown): Promise<void> {
  authorise(ctx, 'admin');
  await changePerson(ctx, input, async (tx, person) => {
    await deletePersonRow(tx, person.id);
    await note(ctx, tx, 'person.remove', person, { name: person.name, role: person.role });
  });
}

async function changePerson(
  ctx: Context,
  input: unknown,
  change: (tx: Db, person: PersonRow) => Promise<void>,
): Promise<void> {
  const id = requireId(parseInput(personIdSchema, input).personId, 'person');
  await refusePersonLaws(() =>
    ctx.db.$transaction(async (tx) => {
      await lockPerson(tx, id);
      const person = await findPersonRow(tx, id);
      if (person === null) throw personNotFound(id);
      await change(tx, person);
    }),
  );
}

function note(
  ctx: Context,
  tx: Db,
  action: string,
  person: PersonRow,
  details: Record<string, string | number> = {},
): Promise<void> {
  return recordAudit(ctx, tx, {
    action,
    target: { kind: 'person', id: person.id, label: person.email },
    details,
  });
}
