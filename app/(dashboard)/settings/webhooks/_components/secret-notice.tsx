'use client';

import { useTranslations } from 'next-intl';
import { SecretOnce } from '@/components/people/secret-once';
import { Field } from '@/components/ui/field';

const check = `const [, t, v1] = /^t=(\\d+),v1=(\\w+)$/.exec(headers['qudao-signature']);
const wanted = createHmac('sha256', SECRET).update(t + '.' + body).digest('hex');
if (v1 !== wanted || Math.abs(Date.now() / 1000 - t) > 300) return refuse();`;

/** A webhook's secret, shown this once, and what a receiver does with it. */
export function SecretNotice({ secret }: { secret: string }) {
  const t = useTranslations('webhooks');
  return (
    <div className="grid grid-cols-1 gap-4">
      <Field label={t('secret')} hint={t('secretOnce')}>
        <SecretOnce value={secret} what={t('secret')} />
      </Field>
      <div>
        <p className="mb-1.5 text-sm font-semibold">{t('verify')}</p>
        <pre className="rounded-md bg-sunken p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
          {check}
        </pre>
      </div>
    </div>
  );
}
