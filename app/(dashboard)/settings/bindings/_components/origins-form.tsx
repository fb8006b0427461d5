'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { notify } from '@/components/ui/toast';
import { setReturnOriginsSchema } from '@/lib/bindings/schemas';
import { setReturnOriginsAction } from '../actions';

/** Where a browser may be sent after a scan, one origin a line. */
export function OriginsForm({ accountId, origins }: { accountId: string; origins: string[] }) {
  const t = useTranslations('bindings');
  const [text, setText] = useState(origins.join('\n'));
  const form = useActionForm({
    schema: setReturnOriginsSchema,
    send: (change) => setReturnOriginsAction({ accountId, change }),
    onDone: (kept) => {
      setText(kept.join('\n'));
      notify(t('originsSaved'));
    },
  });
  const error =
    form.errors.origins ?? Object.entries(form.errors).find(([name]) => name.startsWith('origins.'))?.[1];
  return (
    <form
      ref={form.formRef}
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const lines = text.split('\n').map((line) => line.trim());
        form.submit({ origins: lines.filter((line) => line !== '') });
      }}
    >
      <Field label={t('origins')} hint={t('originsHint')} error={error}>
        <Textarea
          rows={3}
          value={text}
          placeholder="https://crm.example.com"
          className="font-mono"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div>
        <Button type="submit" variant="secondary" pending={form.pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
