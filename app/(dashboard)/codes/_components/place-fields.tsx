'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox, type ComboboxOption } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { CampaignDialog } from '../../campaigns/_components/campaign-dialog';
import { searchCampaignsAction } from '../../campaigns/actions';
import { ChannelDialog } from '../../channels/_components/channel-dialog';
import { searchChannelsAction } from '../../channels/actions';

/** A choice that knows the last day of the campaign, where it has one and whoever chose it knew. */
export type CampaignOption = ComboboxOption & { endsOn?: string | null };

export const campaignOption = ({
  id,
  name,
  endsOn,
}: {
  id: string;
  name: string;
  endsOn?: string | null;
}): CampaignOption => ({ value: id, label: name, endsOn });

export const channelOption = ({
  id,
  name,
  number,
}: {
  id: string;
  name: string;
  number: string;
}): ComboboxOption => ({ value: id, label: name, detail: number });

type PlaceFieldProps = {
  accountId: string;
  value: ComboboxOption | null;
  onValueChange: (option: ComboboxOption | null) => void;
  error?: string;
};

type CampaignFieldProps = Omit<PlaceFieldProps, 'onValueChange'> & {
  onValueChange: (option: CampaignOption | null) => void;
};

/** Finds a campaign by its name, or makes the one that is missing without leaving the form. */
export function CampaignField({ accountId, value, onValueChange, error }: CampaignFieldProps) {
  const t = useTranslations('codes.new');
  const search = useCallback(
    async (q: string) => {
      const result = await searchCampaignsAction({ accountId, q });
      return result.ok ? result.value.map(campaignOption) : [];
    },
    [accountId],
  );
  return (
    <Field label={t('campaign')} hint={t('campaignHint')} error={error} required>
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          <Combobox
            value={value}
            onValueChange={onValueChange}
            search={search}
            placeholder={t('chooseCampaign')}
          />
        </div>
        <CampaignDialog
          accountId={accountId}
          onMade={(campaign) => onValueChange(campaignOption(campaign))}
          trigger={
            <Button variant="secondary" size="icon" aria-label={t('newCampaign')} title={t('newCampaign')}>
              <Plus aria-hidden />
            </Button>
          }
        />
      </div>
    </Field>
  );
}

/** The same for a channel, which may stay empty. */
export function ChannelField({
  accountId,
  value,
  onValueChange,
  error,
  columnNames,
}: PlaceFieldProps & { columnNames: readonly string[] }) {
  const t = useTranslations('codes.new');
  const search = useCallback(
    async (q: string) => {
      const result = await searchChannelsAction({ accountId, q });
      return result.ok ? result.value.map(channelOption) : [];
    },
    [accountId],
  );
  return (
    <Field label={t('channel')} hint={t('channelHint')} error={error} optional>
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          <Combobox
            value={value}
            onValueChange={onValueChange}
            search={search}
            placeholder={t('chooseChannel')}
            clearable
          />
        </div>
        <ChannelDialog
          accountId={accountId}
          columnNames={columnNames}
          onMade={(channel) => onValueChange(channelOption(channel))}
          trigger={
            <Button variant="secondary" size="icon" aria-label={t('newChannel')} title={t('newChannel')}>
              <Plus aria-hidden />
            </Button>
          }
        />
      </div>
    </Field>
  );
}
