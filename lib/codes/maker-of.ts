import 'server-only';
import type { Context } from '../context';
import type { Maker } from './store';

/** Who makes something, as the rows keep it. */
export function makerOf({ actor, clock }: Pick<Context, 'actor' | 'clock'>): Maker {
  return {
    createdById: actor.kind === 'user' ? actor.id : null,
    createdByName: actor.kind === 'stranger' ? '' : actor.name,
    createdAt: clock.now(),
  };
}
