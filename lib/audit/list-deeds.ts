import 'server-only';
import type { Db } from '../db/open-database';
import { findEntriesOf } from './store';
import { toAuditEntryDto } from './to-audit-entry-dto';
import type { AuditEntryDto } from './types';

/** The last times that something was done to one thing. For services that have authorised. */
export async function listDeeds(
  db: Db,
  deed: { action: string; targetKind: string; targetId: string },
  take: number,
): Promise<AuditEntryDto[]> {
  return (await findEntriesOf(db, deed, take)).map(toAuditEntryDto);
}
