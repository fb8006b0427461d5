import 'server-only';
import type { AssignmentRow } from './assignment-store';
import type { AssignmentDto } from './types';

/** @param rows  in order of time; each lasts until the next one begins */
export function toAssignmentDtos(rows: AssignmentRow[], now: Date): AssignmentDto[] {
  return rows.map(({ campaign, fromAt }, place) => {
    const toAt = rows[place + 1]?.fromAt ?? null;
    const state = fromAt > now ? 'planned' : toAt !== null && toAt <= now ? 'past' : 'current';
    return { campaign, fromAt: fromAt.toISOString(), toAt: toAt?.toISOString() ?? null, state };
  });
}
