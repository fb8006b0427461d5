import 'server-only';
import type { BackgroundTask } from '../background/task';
import { discardNeverScanned } from '../codes/discard-never-scanned';
import { findForsakenCodes } from './store';

const dayMs = 86_400_000;
const codesAtOnce = 500;

/**
 * Removes codes of bindings a day after they expired, unless somebody scanned them: counts keep their code. The bindings stay.
 */
export const clearBindingCodes: BackgroundTask = {
  name: 'clear codes of bindings',
  everySeconds: 600,
  async run({ db, clock }) {
    const ids = await findForsakenCodes(db, new Date(clock.now().getTime() - dayMs), codesAtOnce);
    const removed = ids.length > 0 ? await discardNeverScanned(db, ids) : 0;
    return removed === codesAtOnce;
  },
};
