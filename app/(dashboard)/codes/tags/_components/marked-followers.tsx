import { CircleAlert, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { TagDto } from '@/lib/tags/types';

/** How many followers a tag is on, waits for, and could not be put on. */
export function MarkedFollowers({
  tag,
  waiting,
  failed,
}: {
  tag: Pick<TagDto, 'marksFollowers' | 'markedFollowers'>;
  waiting: number;
  failed: number;
}) {
  const t = useTranslations('tags');
  if (!tag.marksFollowers && tag.markedFollowers + failed === 0) return <span className="text-muted">–</span>;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5 max-md:justify-end">
      <span>{t('marked', { count: tag.markedFollowers })}</span>
      {waiting > 0 ? (
        <span className="inline-flex items-center gap-1 text-muted">
          <Clock aria-hidden className="size-3.5" />
          {t('waiting', { count: waiting })}
        </span>
      ) : null}
      {failed > 0 ? (
        <span className="inline-flex items-center gap-1 text-red">
          <CircleAlert aria-hidden className="size-3.5" />
          {t('failed', { count: failed })}
        </span>
      ) : null}
    </span>
  );
}
