import 'server-only';
import { type Sql, sqlOfConnection } from '../db/sql';
import type { GroupStep } from '../scans/group-steps';
import { insertTasks } from './task-store';

/**
 * Notes who is to be marked with the tags of the codes that they scanned, in the transaction that records the scans; WeChat is
 * called behind it, by a task that is woken. Accounts none of whose tags marks followers cost no query here.
 */
export const markStep: GroupStep = {
  name: 'tags',
  async inTransaction(connection, accountId, recorded, { marksFollowers }) {
    if (!marksFollowers) return;
    const scans = recorded.flatMap(({ isFirstDelivery, followerId, codeId, pushed }) =>
      isFirstDelivery && followerId !== null && codeId !== null && pushed.kind !== 'unsubscribe'
        ? [{ followerId, codeId }]
        : [],
    );
    if (scans.length === 0) return;
    const asked = await askToMark(sqlOfConnection(connection, 'tags_mark_scans'), accountId, scans);
    if (asked > 0) recorded[0]?.wakes.push('mark followers');
  },
};

/** The same for a scan whose code was found out later. @returns how many have to be marked */
export function askToMark(
  sql: Sql,
  accountId: string,
  scans: { followerId: string; codeId: string }[],
): Promise<number> {
  return insertTasks(sql, accountId, scans);
}
