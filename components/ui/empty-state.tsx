import type { ReactNode } from 'react';
import { cn } from './class-names';
import { EmptyPicture, type EmptyPictureName } from './empty-picture';

/** A page or a list with nothing in it: one picture, one sentence, one action. */
export function EmptyState({
  picture,
  title,
  headingLevel = 2,
  text,
  note,
  action,
  className,
}: {
  picture: EmptyPictureName;
  title: ReactNode;
  headingLevel?: 1 | 2 | 3;
  text: ReactNode;
  note?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div
      className={cn('mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-12 text-center', className)}
    >
      <EmptyPicture name={picture} />
      <Heading className="mt-2 text-lg text-balance">{title}</Heading>
      <p className="text-muted text-pretty">{text}</p>
      {note ? <p className="font-mono text-sm text-muted">{note}</p> : null}
      {action ? <div className="mt-2">{action}</div> : null}
    </div>
  );
}
