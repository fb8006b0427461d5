import { Ban, CircleCheck, MailOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import type { PersonDto } from '@/lib/people/types';

const looks = {
  active: { tone: 'accent', icon: CircleCheck },
  invited: { tone: 'outline', icon: MailOpen },
  disabled: { tone: 'neutral', icon: Ban },
} satisfies Record<PersonDto['status'], { tone: BadgeTone; icon: typeof Ban }>;

export function PersonStatus({ status }: { status: PersonDto['status'] }) {
  const t = useTranslations('people.statusName');
  const { tone, icon: Icon } = looks[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(status)}
    </Badge>
  );
}
