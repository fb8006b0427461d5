import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import type { WebhookDto } from '@/lib/webhooks/types';

export function WebhookState({ webhook }: { webhook: WebhookDto }) {
  const t = useTranslations('webhooks.state');
  if (!webhook.enabled) {
    const isFailing = webhook.disabledReason === 'failing';
    return (
      <Badge tone={isFailing ? 'red' : 'neutral'}>
        <OctagonAlert aria-hidden />
        {isFailing ? t('offFailing') : t('off')}
      </Badge>
    );
  }
  return webhook.failures > 0 ? (
    <Badge tone="amber">
      <TriangleAlert aria-hidden />
      {t('failing', { count: webhook.failures })}
    </Badge>
  ) : (
    <Badge tone="accent">
      <CircleCheck aria-hidden />
      {t('on')}
    </Badge>
  );
}
