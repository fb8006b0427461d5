import type { useTranslations } from 'next-intl';
import type { BatchDto } from '@/lib/batches/types';

export type BatchCounts = Pick<BatchDto, 'state' | 'total' | 'returned' | 'issued' | 'failed' | 'reserved'>;

/** What a batch is measured against: what it was to make; a code that was discarded by itself is no part of that any more. */
export const wantedOf = ({ state, total, returned }: Pick<BatchCounts, 'state' | 'total' | 'returned'>) =>
  state === 'cancelled' ? total : total - returned;

/** 0…1 in whole hundredths, never rounded up: 100 % means that all is there. */
export function shareDone(batch: BatchCounts): number {
  const wanted = wantedOf(batch);
  return wanted === 0 ? 1 : Math.floor((100 * batch.issued) / wanted) / 100;
}

/** Whether something may still change without anybody doing anything. */
export function isMoving({ state, reserved }: Pick<BatchDto, 'state' | 'reserved'>): boolean {
  if (state === 'cancelled') return reserved > 0;
  return state === 'queued' || state === 'issuing' || state === 'paused';
}

/** The page may be drawn from what was read before an answer that has come already. */
export function laterOf<T extends { asOf: string }>(drawn: T, polled: T): T {
  return Date.parse(polled.asOf) > Date.parse(drawn.asOf) ? polled : drawn;
}

type Names = ReturnType<typeof useTranslations<'batches'>>;

/** The file, or how it was made: a batch has no name of its own. @param t  translator of `batches` */
export function batchName(t: Names, { fileName, source, total, known, reused }: BatchDto): string {
  if (fileName) return fileName;
  return t(`names.${source}`, { count: total + known + reused });
}
