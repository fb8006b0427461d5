import { Link } from '@/components/ui/link';

/** A few choices side by side, each an address of its own. */
export function ChoiceLinks({
  label,
  choices,
}: {
  label: string;
  choices: readonly { key: string; name: string; href: string; chosen: boolean }[];
}) {
  return (
    <nav aria-label={label} className="flex max-w-full flex-wrap gap-1 text-sm">
      {choices.map(({ key, name, href, chosen }) => (
        <Link
          key={key}
          href={href}
          scroll={false}
          aria-current={chosen ? 'true' : undefined}
          className="inline-flex h-8 items-center rounded-md px-2.5 text-muted hover:bg-hover hover:text-ink aria-[current]:bg-sunken aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:ring-1 aria-[current]:ring-line aria-[current]:ring-inset"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
