'use client';

import { CornerUpRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { notifyError } from '@/components/ui/toast';
import type { AssignmentDto, CodeDto } from '@/lib/codes/types';
import { formatShortDateTime } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { HandOverDialog } from '../../_components/hand-over-dialog';
import { withdrawAssignmentAction } from '../../actions';

/** The campaigns that a code has served, serves and will serve, the latest first. */
export function AssignmentsCard({
  code,
  assignments,
  now,
  timeZone,
  mayWrite,
}: {
  code: CodeDto;
  assignments: readonly AssignmentDto[];
  now: string;
  timeZone: string;
  mayWrite: boolean;
}) {
  const t = useTranslations('codes');
  const locale = useLocale();
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const show = (moment: string) => formatShortDateTime(moment, locale, timeZone, now);

  const withdraw = (fromAt: string) =>
    startTransition(async () => {
      const result = await withdrawAssignmentAction({
        accountId: code.accountId,
        codeId: code.id,
        fromAt,
      });
      if (!result.ok) notifyError(sentenceOf(result.error));
    });

  return (
    <Card
      title={t('detail.assignments')}
      text={t('detail.assignmentsText')}
      action={
        mayWrite ? (
          <HandOverDialog
            accountId={code.accountId}
            codeIds={[code.id]}
            timeZone={timeZone}
            trigger={
              <Button variant="secondary" size="sm">
                <CornerUpRight aria-hidden />
                {t('handOver.action')}
              </Button>
            }
          />
        ) : null
      }
    >
      <ol className="divide-y divide-line">
        {assignments.toReversed().map(({ campaign, fromAt, toAt, state }) => (
          <li key={fromAt} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
            <div className="min-w-0 flex-1 basis-52">
              {campaign ? (
                <Link
                  href={`/campaigns/${campaign.id}`}
                  className="font-semibold wrap-anywhere hover:text-accent hover:underline"
                >
                  {campaign.name}
                </Link>
              ) : (
                <span className="text-muted">{t('noCampaign')}</span>
              )}
              <span className="block text-sm text-muted">
                {toAt === null
                  ? t(`detail.period.${state}`, { from: show(fromAt), to: '' })
                  : t(`detail.period.${state === 'current' ? 'currentUntil' : state}`, {
                      from: show(fromAt),
                      to: show(toAt),
                    })}
              </span>
            </div>
            <Badge tone={state === 'current' ? 'accent' : state === 'planned' ? 'outline' : 'neutral'}>
              {t(`detail.state.${state}`)}
            </Badge>
            {mayWrite && state === 'planned' ? (
              <Button variant="quiet" size="sm" pending={pending} onClick={() => withdraw(fromAt)}>
                {t('handOver.withdraw')}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
