import 'server-only';
import type { Db } from '../db/open-database';
import { MAX_DESIGN_NAME } from './schemas';
import { listNamesBeginningWith } from './store';

/** The name itself, or with the first number behind it that makes it one of its own: `Poster (2)`. */
export async function freeName(db: Db, accountId: string, name: string): Promise<string> {
  const base = name.replace(/ \(\d+\)$/, '');
  const taken = new Set(await listNamesBeginningWith(db, accountId, base.slice(0, MAX_DESIGN_NAME - 8)));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const suffix = ` (${number})`;
    const candidate = base.slice(0, MAX_DESIGN_NAME - suffix.length) + suffix;
    if (!taken.has(candidate)) return candidate;
  }
}
