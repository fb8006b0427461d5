import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { getTouchesOfCode } from '@/lib/analytics/get-touches';
import { listChannelColumns } from '@/lib/channels/list-channel-columns';
import { getCode } from '@/lib/codes/get-code';
import { getSlotHistory } from '@/lib/codes/get-slot-history';
import { listAssignments } from '@/lib/codes/list-assignments';
import { listDesigns } from '@/lib/designs/list-designs';
import { formatPercent } from '@/lib/i18n/format';
import { getRepliesOfCode } from '@/lib/replies/get-replies';
import { listTagNames } from '@/lib/tags/list-tag-names';
import { orNotFound } from '@/lib/web/page-context';
import { ScanPicture } from '../../_components/scan-picture';
import { pageAccount } from '../../page-account';
import { CodePrints } from '../../print/_components/code-prints';
import { CodeView } from './_components/code-view';

type Props = { params: Promise<{ codeId: string }> };

const loadCode = cache(async (codeId: string) => {
  const { ctx, account } = await pageAccount();
  return orNotFound(getCode(ctx, account.id, codeId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadCode((await params).codeId)).label };
}

export default async function CodePage({ params }: Props) {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const code = await loadCode((await params).codeId);
  const [designs, assignments, columnNames, slot, replies, tags] = await Promise.all([
    listDesigns(ctx, account.id, { limit: 200 }),
    listAssignments(ctx, account.id, code.id),
    listChannelColumns(ctx, account.id),
    getSlotHistory(ctx, account.id, code.id),
    getRepliesOfCode(ctx, account.id, code.id),
    listTagNames(ctx, account.id),
  ]);
  return (
    <>
      <CodeView
        code={code}
        assignments={assignments}
        designs={designs.items}
        columnNames={columnNames}
        slot={slot}
        replies={replies}
        accountName={account.name}
        tags={tags}
        now={now}
        timeZone={account.timeZone}
        mayWrite={mayWrite}
      />
      {code.issuedAt === null ? null : <CodePrints codeId={code.id} />}
      {code.issuedAt === null ? null : <CodePicture codeId={code.id} />}
    </>
  );
}

async function CodePicture({ codeId }: { codeId: string }) {
  const { ctx, account } = await pageAccount();
  const t = await getTranslations('analytics.picture');
  const locale = await getLocale();
  const { first, last, lifeUsed } = await getTouchesOfCode(ctx, account.id, codeId);
  const used = lifeUsed === null ? '' : t('lifeUsed', { share: formatPercent(lifeUsed, locale) });
  return (
    <div className="mt-4">
      <ScanPicture
        ctx={ctx}
        accountId={account.id}
        of={{ codeId }}
        note={[t('touches', { first, last }), used].filter(Boolean).join(' ')}
      />
    </div>
  );
}
