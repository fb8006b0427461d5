import { Circle, CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';

const steps = [
  { name: 'campaign', href: '/campaigns' },
  { name: 'channel', href: '/channels' },
  { name: 'code', href: '/codes/new' },
] as const;

/** What leads to the first file for print, until it is done. */
export async function FirstSteps({ done }: { done: Record<(typeof steps)[number]['name'], boolean> }) {
  const t = await getTranslations('overview.steps');
  const next = steps.find(({ name }) => !done[name]);
  return (
    <Card title={t('title')} text={t('text')}>
      <ol className="divide-y divide-line">
        {steps.map(({ name, href }) => (
          <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
            {done[name] ? (
              <CircleCheck aria-label={t('done')} className="size-5 shrink-0 text-accent" />
            ) : (
              <Circle aria-label={t('open')} className="size-5 shrink-0 text-line-strong" />
            )}
            <div className="min-w-0 flex-1">
              <p className="font-semibold">{t(name)}</p>
              <p className="text-sm text-muted">{t(`${name}Text`)}</p>
            </div>
            {done[name] ? null : (
              <Button asChild size="sm" variant={name === next?.name ? 'primary' : 'secondary'}>
                <Link href={href} aria-label={`${t('go')}: ${t(name)}`}>
                  {t('go')}
                </Link>
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
