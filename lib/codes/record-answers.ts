import 'server-only';
import type { Context } from '../context';
import { holdLedger, markScenesIssued, unmarkScenesSent } from '../ledger/move-scenes';
import { type PublishedEvent, publishEvents } from '../webhooks/publish-events';
import type { Answer } from './issue-code';
import { writeAnswers } from './queue-store';
import { toSceneDto } from './to-code-dto';

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
    await publishEvents(
      tx,
      accountId,
      answers.filter(({ row }) => written.has(row.id) && row.status === 'issued').map(toEvent),
    );
    return written;
  });
}

function toEvent({ claim, row }: Answer): PublishedEvent {
  const { ticket, url, issuedAt, expiresAt } = row;
  const { kind, sceneKind, scene } = claim;
  return {
    type: 'code.issued',
    at: new Date(issuedAt ?? 0),
    data: { codeId: row.id, kind, scene: toSceneDto(sceneKind, scene), ticket, url, expiresAt },
  };
}
