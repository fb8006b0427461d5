'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { SecretOnce } from '@/components/people/secret-once';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { notifyError } from '@/components/ui/toast';
import { shareExportSchema } from '@/lib/exports/schemas';
import type { ExportDto, ExportShareDto } from '@/lib/exports/types';
import { formatShortDateTime } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { listSharesAction, revokeShareAction, shareExportAction } from '../../actions';

/** Links to one export: the ones that were made, and a new one. */
export function ShareSheet({ made, timeZone, now }: { made: ExportDto; timeZone: string; now: string }) {
  const t = useTranslations('exports.share');
  const locale = useLocale();
  const cache = useQueryClient();
  const { sentenceOf } = useErrorSentences();
  const [open, setOpen] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const input = { accountId: made.accountId, exportId: made.id };
  const key = ['export shares', made.id];
  const shares = useQuery({ queryKey: key, queryFn: () => listSharesAction(input), enabled: open });
  const { formRef, errors, pending, submit } = useActionForm({
    schema: shareExportSchema,
    send: (share) => shareExportAction({ ...input, share }),
    onDone: (value) => {
      setUrl(value.url);
      void cache.invalidateQueries({ queryKey: key });
    },
  });
  const revoke = async (shareId: string) => {
    const result = await revokeShareAction({ ...input, shareId });
    if (!result.ok) notifyError(sentenceOf(result.error));
    await cache.invalidateQueries({ queryKey: key });
  };
  const stateOf = ({ revokedAt, expiresAt }: ExportShareDto) => {
    if (revokedAt) return t('revoked');
    return expiresAt <= now
      ? t('ended')
      : t('until', { when: formatShortDateTime(expiresAt, locale, timeZone, now) });
  };
  const list = shares.data?.ok ? shares.data.value : [];

  return (
    <Sheet
      title={t('title')}
      text={t('text')}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setUrl(null);
      }}
      trigger={
        <Button variant="secondary" size="sm">
          <Send aria-hidden />
          {t('action')}
        </Button>
      }
    >
      {url ? (
        <Field label={t('once')}>
          <SecretOnce value={url} what={t('title')} />
        </Field>
      ) : (
        <form
          ref={formRef}
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            const password = String(form.get('password') ?? '');
            submit({
              days: Number(form.get('days')),
              note: String(form.get('note') ?? ''),
              ...(password === '' ? {} : { password }),
            });
          }}
        >
          <Field label={t('days')} error={errors.days} required>
            <Input name="days" inputMode="numeric" defaultValue="14" />
          </Field>
          <Field label={t('password')} hint={t('passwordHint')} error={errors.password}>
            <Input name="password" type="text" autoComplete="off" />
          </Field>
          <Field label={t('note')} hint={t('noteHint')} error={errors.note}>
            <Input name="note" autoComplete="off" />
          </Field>
          <Button type="submit" pending={pending} className="justify-self-start">
            {t('create')}
          </Button>
        </form>
      )}
      <ul className="mt-6 grid gap-3 border-t border-line pt-4">
        {shares.data?.ok && list.length === 0 ? <li className="text-muted">{t('none')}</li> : null}
        {list.map((share) => (
          <li key={share.id} className="flex items-start justify-between gap-3">
            <span className="min-w-0">
              <span className="block wrap-anywhere">{share.note || t('unnamed')}</span>
              <span className="block text-sm text-muted">
                {stateOf(share)}
                {share.hasPassword ? ` · ${t('withPassword')}` : null} · <Downloads count={share.downloads} />
              </span>
            </span>
            {share.revokedAt || share.expiresAt <= now ? null : (
              <Button variant="secondary" size="sm" onClick={() => revoke(share.id)}>
                {t('revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Downloads({ count }: { count: number }) {
  return useTranslations('exports')('downloads', { count });
}
