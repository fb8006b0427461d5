'use client';

import { useTranslations } from 'next-intl';
import { useOptimistic, useTransition } from 'react';
import { Switch } from '@/components/ui/switch';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { RelayDto } from '@/lib/relays/types';
import { switchRelayAction } from '../actions';

/** On or off, at once; in a row, whose name it says to those who hear it. */
export function RelaySwitch({ relay }: { relay: Pick<RelayDto, 'id' | 'accountId' | 'name' | 'enabled'> }) {
  const t = useTranslations('relays');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const [isOn, showOn] = useOptimistic(relay.enabled);
  const { accountId, id: relayId } = relay;
  return (
    <Switch
      label={<span className="sr-only">{t('switchNamed', { name: relay.name })}</span>}
      checked={isOn}
      disabled={pending}
      onCheckedChange={(enabled) =>
        startTransition(async () => {
          showOn(enabled);
          const result = await switchRelayAction({ accountId, relayId, enabled });
          if (result.ok) notify(enabled ? t('switchedOn') : t('switchedOff'));
          else notifyError(sentenceOf(result.error));
        })
      }
    />
  );
}
