import { CircleCheck, CircleX, Clock, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import type { ApprovalState } from '@/lib/approvals/types';

const looks: Record<ApprovalState, { tone: BadgeTone; Icon: typeof Clock }> = {
  pending: { tone: 'amber', Icon: Clock },
  approved: { tone: 'accent', Icon: CircleCheck },
  refused: { tone: 'red', Icon: CircleX },
  withdrawn: { tone: 'neutral', Icon: Undo2 },
  failed: { tone: 'red', Icon: CircleX },
};

export function ApprovalBadge({ state }: { state: ApprovalState }) {
  const t = useTranslations('quotaRules.approvals.states');
  const { tone, Icon } = looks[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(state)}
    </Badge>
  );
}
