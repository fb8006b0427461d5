'use client';

import { usePathname } from 'next/navigation';
import { Tabs as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from './class-names';
import { Link } from './link';

const strip = 'flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]';
const tab =
  '-mb-px inline-flex h-10 shrink-0 items-center gap-2 border-b-2 border-transparent text-muted hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink';

/** Several views of one thing on one page. */
export function Tabs({
  tabs,
  label,
  value,
  defaultValue,
  onValueChange,
}: {
  tabs: readonly { value: string; label: ReactNode; content: ReactNode }[];
  label: string;
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
}) {
  return (
    <Radix.Root
      value={value}
      defaultValue={value === undefined ? (defaultValue ?? tabs[0]?.value) : undefined}
      onValueChange={onValueChange}
    >
      <Radix.List aria-label={label} className={strip}>
        {tabs.map((each) => (
          <Radix.Trigger key={each.value} value={each.value} className={tab}>
            {each.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((each) => (
        <Radix.Content key={each.value} value={each.value} className="pt-5">
          {each.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

/** Several pages under one title; each has its address. */
export function TabLinks({
  tabs,
  label,
}: {
  /** `exact`: the others' addresses lie below this one. */
  tabs: readonly { href: string; label: ReactNode; exact?: boolean }[];
  label: string;
}) {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another current tab
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current=page]');
    // Along the strip alone: scrollIntoView would move the page too.
    if (nav.current && current) {
      nav.current.scrollLeft = current.offsetLeft - (nav.current.clientWidth - current.offsetWidth) / 2;
    }
  }, [pathname]);
  return (
    <nav ref={nav} aria-label={label} className={cn(strip, 'relative')}>
      {tabs.map(({ href, label: text, exact = false }) => (
        <Link
          key={href}
          href={href}
          className={tab}
          aria-current={pathname === href || (!exact && pathname.startsWith(`${href}/`)) ? 'page' : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
