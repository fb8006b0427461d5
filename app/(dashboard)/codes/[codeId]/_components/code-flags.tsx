import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { CodeFlag } from '@/lib/codes/types';

/** That a code came from elsewhere, and what is odd about it. */
export function CodeFlags({ flags }: { flags: readonly CodeFlag[] }) {
  const t = useTranslations('codes');
  return (
    <>
      {t('imported.text')}
      {flags.length > 0 ? (
        <ul className="mt-1 grid gap-2">
          {flags.map((flag) => (
            <li key={flag}>
              <Badge tone="amber">
                <TriangleAlert aria-hidden />
                {t(`flags.${flag}`)}
              </Badge>
              <span className="mt-0.5 block text-sm text-pretty text-muted">{t(`flagTexts.${flag}`)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
