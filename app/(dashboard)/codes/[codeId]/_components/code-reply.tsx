'use client';

import { ReplyCard } from '@/components/replies/reply-card';
import { sceneText } from '@/lib/codes/format';
import type { CodeDto } from '@/lib/codes/types';
import type { RepliesOfCodeDto } from '@/lib/replies/types';
import { removeReplyOfCodeAction, setReplyOfCodeAction } from '../../actions';

/** What a scan of this code is answered with. */
export function CodeReply({
  code,
  replies,
  accountName,
  mayWrite,
}: {
  code: CodeDto;
  replies: RepliesOfCodeDto;
  accountName: string;
  mayWrite: boolean;
}) {
  const ids = { accountId: code.accountId, codeId: code.id };
  return (
    <ReplyCard
      of="code"
      replies={replies}
      values={{
        label: code.label,
        campaign: code.campaign?.name ?? '',
        channel: code.channel?.name ?? '',
        scene: sceneText(code.scene),
      }}
      accountName={accountName}
      mayWrite={mayWrite}
      save={(reply) => setReplyOfCodeAction({ ...ids, reply })}
      remove={() => removeReplyOfCodeAction(ids)}
    />
  );
}
