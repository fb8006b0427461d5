import 'server-only';
import type { FiguresRow } from './figures-store';
import type { FiguresDto } from './types';

type Sums = { [Name in keyof Omit<FiguresRow, 'people_ever'>]: number | null };

/** The sums of no rows are null. */
export function toFigures(row: Sums | undefined): FiguresDto {
  const newFollowers = row?.new_followers ?? 0;
  const refollows = row?.refollows ?? 0;
  const unfollows = row?.unfollows ?? 0;
  return {
    scans: row?.scans ?? 0,
    people: row?.people ?? 0,
    newFollowers,
    refollows,
    followerScans: row?.follower_scans ?? 0,
    unfollows,
    netFollowers: newFollowers + refollows - unfollows,
  };
}
