import type { Metadata } from 'next';
import { cache } from 'react';
import { listChannelColumns } from '@/lib/channels/list-channel-columns';
import { getCode } from '@/lib/codes/get-code';
import { listAssignments } from '@/lib/codes/list-assignments';
import { orNotFound } from '@/lib/web/page-context';
import { pageAccount } from '../../page-account';
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
  const [assignments, columnNames] = await Promise.all([
    listAssignments(ctx, account.id, code.id),
    listChannelColumns(ctx, account.id),
  ]);
  return (
    <CodeView
      code={code}
      assignments={assignments}
      columnNames={columnNames}
      now={now}
      timeZone={account.timeZone}
      mayWrite={mayWrite}
    />
  );
}
