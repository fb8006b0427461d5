import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Notice } from '@/components/ui/notice';
import { isAppError } from '@/lib/errors';
import { isUnlocked, previewShare } from '@/lib/exports/open-share';
import { describeError } from '@/lib/i18n/describe-error';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import { currentContext } from '@/lib/web/current-context';
import { currentDevice } from '@/lib/web/device';
import { readSharePass } from '@/lib/web/share-pass';
import { FileSize } from './_components/file-size';
import { PasswordForm } from './_components/password-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('exports'))('shared.title') };
}

/** What a print shop was sent: says what is inside before anything is downloaded. */
export default async function SharePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [t, errors, locale] = await Promise.all([
    getTranslations('exports.shared'),
    getTranslations('errors'),
    getLocale(),
  ]);
  const ctx = await currentContext();
  const found = await previewShare(ctx, token, (await currentDevice()).ipAddress).catch((error: unknown) => {
    if (isAppError(error)) return error;
    throw error;
  });
  if (found === null || isAppError(found)) {
    return (
      <Card>
        <h1 className="mb-4 text-lg">{t('gone.title')}</h1>
        <Notice tone="warning">
          {found === null
            ? t('gone.text')
            : describeError(errors, { code: found.code, details: found.details })}
        </Notice>
      </Card>
    );
  }
  const isOpen = !found.needsPassword || (await isUnlocked(ctx, token, await readSharePass(token)));
  const when = (at: string) => formatDateTime(at, locale, found.timeZone);

  return (
    <Card>
      <h1 className="text-lg">{t('title')}</h1>
      <p className="mt-1 mb-4 text-pretty text-muted">{t('text')}</p>
      <DescriptionList
        items={[
          { key: 'codes', label: t('contents'), value: t('codes', { count: found.total }) },
          {
            key: 'mm',
            label: t('symbolSize'),
            value: t('mm', { mm: formatNumber(found.sizeMm, locale, 1) }),
          },
          {
            key: 'format',
            label: t('format'),
            value: found.as === 'pdf' ? 'PDF' : `${found.format.toUpperCase()} · ZIP`,
          },
          ...(found.merge ? [{ key: 'merge', label: t('merge'), value: t('mergeText') }] : []),
          { key: 'size', label: t('size'), value: <FileSize bytes={found.bytes} /> },
          { key: 'made', label: t('made'), value: when(found.madeAt) },
          { key: 'expires', label: t('expires'), value: when(found.expiresAt) },
        ]}
      />
      <div className="mt-5">
        {isOpen ? (
          <Button asChild className="w-full">
            <a href={`/api/exports/shared/${token}`} download={found.fileName}>
              <Download aria-hidden />
              {t('download')}
            </a>
          </Button>
        ) : (
          <PasswordForm token={token} />
        )}
      </div>
    </Card>
  );
}
