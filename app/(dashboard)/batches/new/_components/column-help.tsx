import { useTranslations } from 'next-intl';
import { DescriptionList } from '@/components/ui/description-list';

const explained = [
  'label',
  'channel',
  'channelName',
  'city',
  'region',
  'scene',
  'expireSeconds',
  'tags',
  'key',
] as const;

/** Which columns a table may have. */
export function ColumnHelp() {
  const t = useTranslations('batches');
  return (
    <details className="rounded-md border border-line bg-surface px-4 py-3">
      <summary className="cursor-pointer font-semibold">{t('new.columnsTitle')}</summary>
      <p className="mt-2 text-sm text-pretty text-muted">{t('new.columnsText')}</p>
      <div className="mt-2">
        <DescriptionList
          items={explained.map((name) => ({
            key: name,
            label: t(`fields.${name}`),
            value: t(`fieldTexts.${name}`),
          }))}
        />
      </div>
    </details>
  );
}
