import 'server-only';
import type { Context } from '../context';
import { maySeeOpenids } from './store';

/** Whether openids are shown whole to whoever asks: a permission of its own, whatever the role. */
export async function seesOpenids({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<boolean> {
  if (actor.kind !== 'user' && actor.kind !== 'apiKey') return false;
  return maySeeOpenids(db, actor.kind, actor.id);
}
