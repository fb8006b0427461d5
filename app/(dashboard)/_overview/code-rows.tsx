import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { QrSymbol } from '@/components/symbol/qr-symbol';
import { RowLink } from '@/components/ui/row-link';
import type { CodeDto } from '@/lib/codes/types';

/** A few codes in little room: symbol, label, where it hangs, and one thing about it. */
export function CodeRows({
  codes,
  aside,
}: {
  codes: readonly CodeDto[];
  aside: (code: CodeDto) => ReactNode;
}) {
  const t = useTranslations('codes');
  return (
    <ul className="divide-y divide-line">
      {codes.map((code) => (
        <li key={code.id} data-row="" className="flex items-center gap-3 py-2">
          <QrSymbol
            url={code.url}
            label={code.label}
            decorative
            className="size-11 shrink-0 ring-1 ring-line"
          />
          <div className="min-w-0 flex-1">
            <RowLink href={`/codes/${code.id}`}>{code.label}</RowLink>
            <p className="truncate text-sm text-muted">
              {[code.campaign?.name, code.channel?.name].filter(Boolean).join(' · ') || t('noCampaign')}
            </p>
          </div>
          <div className="shrink-0 text-right text-sm">{aside(code)}</div>
        </li>
      ))}
    </ul>
  );
}
