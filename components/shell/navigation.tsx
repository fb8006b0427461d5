'use client';

import {
  ChartLine,
  Flag,
  Gauge,
  Layers,
  LayoutDashboard,
  type LucideIcon,
  Printer,
  QrCode,
  Settings,
  Store,
} from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Link } from '@/components/ui/link';
import type { Messages } from '@/lib/i18n/load-messages';

const pages: { href: string; name: keyof Messages['shell']['nav']; icon: LucideIcon }[] = [
  { href: '/', name: 'overview', icon: LayoutDashboard },
  { href: '/campaigns', name: 'campaigns', icon: Flag },
  { href: '/channels', name: 'channels', icon: Store },
  { href: '/codes', name: 'codes', icon: QrCode },
  { href: '/batches', name: 'batches', icon: Layers },
  { href: '/print', name: 'print', icon: Printer },
  { href: '/analytics', name: 'analytics', icon: ChartLine },
  { href: '/quota', name: 'quota', icon: Gauge },
  { href: '/settings', name: 'settings', icon: Settings },
];

export function Navigation() {
  const t = useTranslations('shell');
  const pathname = usePathname();
  return (
    <nav aria-label={t('navigation')}>
      <ul className="grid gap-0.5">
        {pages.map(({ href, name, icon: Icon }) => {
          const here = href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={here ? 'page' : undefined}
                className="flex h-10 items-center gap-3 rounded-md px-3 text-muted transition-colors hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:bg-surface aria-[current=page]:font-semibold aria-[current=page]:text-ink aria-[current=page]:ring-1 aria-[current=page]:ring-line aria-[current=page]:ring-inset lg:h-9 [&_svg]:size-4 aria-[current=page]:[&_svg]:text-accent"
              >
                <Icon aria-hidden />
                {t(`nav.${name}`)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
