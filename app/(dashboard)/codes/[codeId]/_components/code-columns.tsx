import type { ReactNode } from 'react';

/** Two columns that fill up by themselves; on a phone one, with the download right under the symbol. */
export function CodeColumns({
  preview,
  print,
  facts,
  others,
}: {
  preview: ReactNode;
  print: ReactNode;
  facts: ReactNode;
  others: ReactNode;
}) {
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <div className="grid gap-4 max-md:contents">
        <div className="min-w-0 max-md:order-1">{preview}</div>
        <div className="min-w-0 max-md:order-3">{facts}</div>
      </div>
      <div className="grid gap-4 max-md:contents">
        <div className="min-w-0 max-md:order-2">{print}</div>
        <div className="grid min-w-0 gap-4 max-md:order-4">{others}</div>
      </div>
    </div>
  );
}
