import type { useTranslations } from 'next-intl';
import type { BatchDto } from '@/lib/batches/types';

type Counts = Pick<BatchDto, 'total' | 'returned' | 'issued' | 'failed' | 'reserved'>;

/** What a batch will have made in the end: codes that were taken back are no part of it. */
export const wantedOf = ({ total, returned }: Pick<Counts, 'total' | 'returned'>) => total - returned;

/** 0…1 in whole hundredths, never rounded up: 100 % means that all is there. */
export function shareDone(batch: Counts): number {
  const wanted = wantedOf(batch);
  return wanted === 0 ? 1 : Math.floor((100 * batch.issued) / wanted) / 100;
}

/** Whether something may still change without anybody doing anything. */
export function isMoving({ state, reserved }: Pick<BatchDto, 'state' | 'reserved'>): boolean {
  if (state === 'cancelled') return reserved > 0;
  return state === 'queued' || state === 'issuing' || state === 'paused';
}

type Names = ReturnType<typeof useTranslations<'batches'>>;

/** The file, or how it was made: a batch has no name of its own. @param t  translator of `batches` */
export function batchName(t: Names, { fileName, source, total, known }: BatchDto): string {
  if (fileName) return fileName;
  return t(`names.${source}`, { count: total + known });
}
