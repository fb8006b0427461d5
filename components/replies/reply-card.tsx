'use client';

import { Pencil, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { fillReply } from '@/lib/replies/format';
import type { ReplyInput } from '@/lib/replies/schemas';
import type { RepliesOfCodeDto, ReplyDto } from '@/lib/replies/types';
import type { Result } from '@/lib/result';
import { ChatBubble } from './chat-bubble';
import { ReplyDialog } from './reply-dialog';
import type { ReplyValues } from './reply-draft';

type Props = {
  of: 'code' | 'campaign';
  /** Of a campaign: its own alone. */
  replies: RepliesOfCodeDto;
  values: ReplyValues;
  accountName: string;
  mayWrite: boolean;
  save: (reply: ReplyInput) => Promise<Result<unknown>>;
  remove: () => Promise<Result<unknown>>;
};

/** What a scan is answered with now, as the person will see it, and where that comes from. */
export function ReplyCard({ of, replies, values, accountName, mayWrite, save, remove }: Props) {
  const t = useTranslations('replies');
  const { own, ofCampaign, applies } = replies;
  const shown = applies === 'own' ? own : applies === 'campaign' ? (ofCampaign?.reply ?? null) : null;
  const campaign = ofCampaign?.campaign ?? null;
  const dialog = { of, reply: own, values, accountName, save };
  return (
    <Card
      title={t('title')}
      text={t('text')}
      action={
        mayWrite ? (
          <div className="flex flex-wrap gap-2">
            <ReplyDialog
              {...dialog}
              trigger={
                <Button variant="secondary" size="sm">
                  {own ? <Pencil aria-hidden /> : <Plus aria-hidden />}
                  {own ? t('edit') : of === 'code' && campaign ? t('createOwn') : t('create')}
                </Button>
              }
            />
            {own ? <RemoveReply of={of} campaign={campaign} remove={remove} /> : null}
          </div>
        ) : undefined
      }
    >
      <div className="grid gap-3">
        {shown ? (
          <>
            <p>
              {applies === 'campaign' && campaign ? (
                <Link
                  href={`/campaigns/${campaign.id}`}
                  className="text-sm text-accent underline underline-offset-3"
                >
                  {t('applies.campaign', { name: campaign.name })}
                </Link>
              ) : (
                <Badge tone="accent">{t(of === 'code' ? 'applies.own' : 'applies.ofCampaign')}</Badge>
              )}
            </p>
            <Bubbles reply={shown} values={values} accountName={accountName} isWide={of === 'campaign'} />
          </>
        ) : (
          <div>
            <p className="font-semibold">{t('none.title')}</p>
            {own || campaign ? null : <p className="text-sm text-pretty text-muted">{t(`none.${of}`)}</p>}
          </div>
        )}
        {own && !own.enabled ? (
          <p className="text-sm text-muted">{t(of === 'code' ? 'off.own' : 'off.ofCampaign')}</p>
        ) : null}
        {!shown && campaign ? (
          <p className="text-sm text-muted">{t('off.campaign', { name: campaign.name })}</p>
        ) : null}
        <p className="text-sm text-pretty text-muted">{shown ? t('rule') : t('none.relay')}</p>
      </div>
    </Card>
  );
}

function Bubbles({
  reply,
  values,
  accountName,
  isWide,
}: {
  reply: ReplyDto;
  values: ReplyValues;
  accountName: string;
  isWide: boolean;
}) {
  const t = useTranslations('replies.audience');
  const { forNew, forReturning } = reply;
  const bubble = (caption: 'everyone' | 'new' | 'returning', content: ReplyDto['forNew']) => (
    <ChatBubble accountName={accountName} caption={t(caption)} content={fillReply(content, values)} />
  );
  return (
    <div className={isWide ? 'grid gap-3 md:grid-cols-2' : 'grid gap-3'}>
      {bubble(forReturning ? 'new' : 'everyone', forNew)}
      {forReturning ? bubble('returning', forReturning) : null}
    </div>
  );
}

function RemoveReply({
  of,
  campaign,
  remove,
}: Pick<Props, 'of' | 'remove'> & { campaign: { name: string } | null }) {
  const t = useTranslations('replies');
  const { sentenceOf } = useErrorSentences();
  return (
    <ConfirmDialog
      trigger={
        <Button variant="quiet" size="sm">
          {t('remove')}
        </Button>
      }
      title={t('removeTitle')}
      text={
        of === 'code' && campaign ? t('removeText.inherits', { name: campaign.name }) : t(`removeText.${of}`)
      }
      confirmLabel={t('remove')}
      onConfirm={async () => {
        const result = await remove();
        if (result.ok) notify(t('removed'));
        else notifyError(sentenceOf(result.error));
      }}
    />
  );
}
