import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { refusePersonLaws, toAccess } from './access';
import { authorise } from './authorise';
import { personNotFound, toPersonDto } from './people';
import { updateAccessSchema } from './schemas';
import { endSessions } from './session-store';
import { findPersonRow, lockPerson, replaceGrants, updatePersonRow } from './store';
import type { PersonDto } from './types';

/**
 * Gives somebody another role or other accounts. Their sessions end, so that nothing of the old rights lives on.
 *
 * @throws AppError LAST_ADMIN  @throws AppError NOT_FOUND  @throws AppError VALIDATION_FAILED
 */
export async function updateAccess(ctx: Context, input: unknown): Promise<PersonDto> {
  authorise(ctx, 'admin');
  const { personId, ...wanted } = parseInput(updateAccessSchema, input);
  const id = requireId(personId, 'person');
  const access = toAccess(wanted);
  return refusePersonLaws(() =>
    ctx.db.$transaction(async (tx) => {
      await lockPerson(tx, id);
      const before = await findPersonRow(tx, id);
      if (before === null) throw personNotFound(id);
      const had = toAccess({
        role: before.role,
        allAccounts: before.allAccounts,
        accountIds: before.grants.map(({ accountId }) => accountId),
      });
      if (JSON.stringify(had) === JSON.stringify(access)) return toPersonDto(ctx, before, null);

      await updatePersonRow(tx, id, { role: access.role, allAccounts: access.allAccounts });
      await replaceGrants(tx, id, access.accountIds);
      const endedSessions = await endSessions(tx, { userId: id }, ctx.clock.now(), 'access_changed');
      await recordAudit(ctx, tx, {
        action: 'person.updateAccess',
        target: { kind: 'person', id, label: before.email },
        details: { before: had, after: access, endedSessions },
      });
      const after = await findPersonRow(tx, id);
      return toPersonDto(ctx, after ?? before, null);
    }),
  );
}
