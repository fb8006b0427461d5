import 'server-only';
import type { Context } from '../context';
import { holdLedger, markScenesIssued, unmarkScenesSent } from '../ledger/move-scenes';
import type { Answer } from './issue-code';
import { writeAnswers } from './queue-store';

/**
 * Writes what came of a group of calls for one account, in one transaction: the codes, and what is known of their slots.
 *
 * An answer whose lease was taken over meanwhile changes nothing, neither code nor slot.
 *
 * @returns the ids written
 */
export async function recordAnswers(
  ctx: Pick<Context, 'db'>,
  accountId: string,
  answers: Answer[],
): Promise<Set<string>> {
  return ctx.db.$transaction(async (tx) => {
    const slots = answers.flatMap(({ claim }) => claim.permanentSceneId ?? []);
    if (slots.length > 0) await holdLedger(tx, accountId);
    const written = await writeAnswers(
      tx,
      answers.map(({ row }) => row),
    );
    const slotsOf = (wanted: (answer: Answer) => boolean) =>
      answers
        .filter((answer) => written.has(answer.row.id) && wanted(answer))
        .flatMap(({ claim }) => claim.permanentSceneId ?? []);
    await markScenesIssued(
      tx,
      slotsOf(({ row }) => row.status === 'issued'),
    );
    await unmarkScenesSent(
      tx,
      slotsOf(({ isUnseen }) => isUnseen),
    );
    return written;
  });
}
