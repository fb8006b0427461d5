import { getLocale, getTranslations } from 'next-intl/server';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { listPrintsOfCode } from '@/lib/exports/list-prints-of-code';
import { formatNumber, formatShortDateTime } from '@/lib/i18n/format';
import { pageAccount } from '../../page-account';

/** The files that held a code: which posters carry it, by whom, when and in which design. */
export async function CodePrints({ codeId }: { codeId: string }) {
  const { ctx, account, now } = await pageAccount();
  const t = await getTranslations('exports');
  const locale = await getLocale();
  const prints = await listPrintsOfCode(ctx, account.id, codeId);
  return (
    <div className="mt-4">
      <Card title={t('prints.title')}>
        {prints.length === 0 ? (
          <p className="text-muted">{t('prints.none')}</p>
        ) : (
          <ul className="grid gap-3">
            {prints.map(({ exportId, at, by, fileName, designName, format, sizeMm }) => (
              <li key={`${at} ${exportId} ${format}`} className="flex flex-wrap justify-between gap-x-4">
                <span className="min-w-0 wrap-anywhere">
                  {exportId ? (
                    <Link href={`/print/exports#${exportId}`} className="underline underline-offset-3">
                      {fileName}
                    </Link>
                  ) : (
                    (fileName ?? t('prints.alone'))
                  )}
                  <span className="block text-sm text-muted">
                    {t('prints.line', {
                      design: designName ?? t('plainDesign'),
                      format: format.toUpperCase(),
                      mm: formatNumber(sizeMm, locale, 1),
                    })}
                  </span>
                </span>
                <span className="text-sm text-muted">
                  {formatShortDateTime(at, locale, account.timeZone, now)} · {by}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}
