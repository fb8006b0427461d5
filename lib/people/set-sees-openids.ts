import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from './authorise';
import { personNotFound, toPersonDto } from './people';
import { seesOpenidsSchema } from './schemas';
import { findPersonRow, lockPerson, updatePersonRow } from './store';
import type { PersonDto } from './types';

/**
 * Shows openids whole to somebody, or masks them again: a permission of its own, which no role brings along.
 *
 * @throws AppError NOT_FOUND
 */
export async function setSeesOpenids(ctx: Context, input: unknown): Promise<PersonDto> {
  authorise(ctx, 'admin');
  const { personId, seesOpenids } = parseInput(seesOpenidsSchema, input);
  const id = requireId(personId, 'person');
  return ctx.db.$transaction(async (tx) => {
    await lockPerson(tx, id);
    const before = await findPersonRow(tx, id);
    if (before === null) throw personNotFound(id);
    if (before.seesOpenids === seesOpenids) return toPersonDto(ctx, before, null);
    await updatePersonRow(tx, id, { seesOpenids });
    await recordAudit(ctx, tx, {
      action: 'person.seeOpenids',
      target: { kind: 'person', id, label: before.email },
      details: { seesOpenids },
    });
    return toPersonDto(ctx, { ...before, seesOpenids }, null);
  });
}
