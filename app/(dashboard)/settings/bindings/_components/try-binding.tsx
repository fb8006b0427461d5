'use client';

import { ExternalLink } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { QrSymbol } from '@/components/symbol/qr-symbol';
import { Button } from '@/components/ui/button';
import { Countdown } from '@/components/ui/countdown';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { createBindingSchema } from '@/lib/bindings/schemas';
import type { BindingState, CreatedBindingDto } from '@/lib/bindings/types';
import { createBindingAction } from '../actions';
import { BindingStateBadge } from './binding-state';

/** Long enough to read that it is bound. */
const readingMs = 1_500;

/** The whole flow, as the other system's page would show it: make, show, listen, be bound. */
export function TryBinding({
  accountId,
  simulatorUrl,
}: {
  accountId: string;
  /** The stand-in's page, where a demo code is scanned. */
  simulatorUrl: string | null;
}) {
  const t = useTranslations('bindings');
  const router = useRouter();
  const [user, setUser] = useState('user-1024');
  const [returnUrl, setReturnUrl] = useState('');
  const [binding, setBinding] = useState<CreatedBindingDto | null>(null);
  const [state, setState] = useState<BindingState>('pending');
  const form = useActionForm({
    schema: createBindingSchema,
    send: (input) => createBindingAction({ accountId, binding: input }),
    onDone: (made) => {
      setBinding(made);
      setState(made.state);
    },
  });

  const id = binding?.id;
  const token = binding?.listenToken;
  const leadsTo = binding?.returnUrl ?? null;
  useEffect(() => {
    if (!id || !token) return;
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const source = new EventSource(`/api/v1/bindings/${id}/events?token=${token}`);
    const end = (next: BindingState) => () => {
      source.close();
      setState(next);
      router.refresh();
      if (next === 'scanned' && leadsTo) leaving = setTimeout(() => location.assign(leadsTo), readingMs);
    };
    source.addEventListener('scanned', end('scanned'));
    source.addEventListener('expired', end('expired'));
    return () => {
      source.close();
      clearTimeout(leaving);
    };
  }, [id, token, leadsTo, router]);

  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <form
        ref={form.formRef}
        noValidate
        className="grid content-start gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ externalUserId: user, returnUrl: returnUrl.trim() || null });
        }}
      >
        <Field label={t('user')} hint={t('userHint')} error={form.errors.externalUserId} required>
          <Input value={user} onChange={(event) => setUser(event.target.value)} />
        </Field>
        <Field label={t('returnUrl')} hint={t('returnUrlHint')} error={form.errors.returnUrl}>
          <Input
            type="url"
            inputMode="url"
            value={returnUrl}
            placeholder="https://crm.example.com/bound"
            onChange={(event) => setReturnUrl(event.target.value)}
          />
        </Field>
        {form.failure && Object.keys(form.errors).length === 0 ? (
          <p role="alert" className="text-red">
            {form.failure}
          </p>
        ) : null}
        <div>
          <Button type="submit" data-shortcut="create" pending={form.pending}>
            {binding ? t('makeAnother') : t('make')}
          </Button>
        </div>
      </form>
      <div className="grid content-start gap-3">
        <div className={state === 'pending' ? 'max-w-60' : 'max-w-60 opacity-30'}>
          <QrSymbol url={binding?.url ?? null} label={binding?.externalUserId ?? ''} className="w-full" />
        </div>
        {binding ? (
          <>
            <p role="status" className="flex flex-wrap items-center gap-2">
              <BindingStateBadge state={state} />
              {state === 'scanned' ? t('boundText', { user: binding.externalUserId }) : null}
              {state === 'expired' ? t('expiredText') : null}
            </p>
            {state === 'pending' ? (
              <>
                <Countdown expiresAt={binding.expiresAt} now={binding.createdAt} key={binding.id} />
                {simulatorUrl ? (
                  <a
                    href={simulatorUrl}
                    target="_blank"
                    rel="noreferrer"
                    className="inline-flex items-center gap-1.5 text-accent underline"
                  >
                    {t('scanInDemo')}
                    <ExternalLink aria-hidden className="size-4" />
                  </a>
                ) : (
                  <p className="text-sm text-muted">{t('scanWithPhone')}</p>
                )}
              </>
            ) : null}
          </>
        ) : (
          <p className="text-sm text-muted">{t('symbolHere')}</p>
        )}
      </div>
    </div>
  );
}
