import { cn } from '@/components/ui/class-names';

/**
 * A table whose cells are filled by how much they hold: the square's size tells it, so that no colour is needed; with room
 * for it the figure stands beside.
 */
export function HeatGrid({
  caption,
  columns,
  rows,
  cellLabel,
  showsFigures = false,
}: {
  caption: string;
  columns: readonly { key: string; name: string; short?: string }[];
  rows: readonly { key: string; name: string; values: readonly number[]; shown: readonly string[] }[];
  /** "Monday, 14:00: 120 scans" */
  cellLabel: (row: number, column: number) => string;
  showsFigures?: boolean;
}) {
  const max = Math.max(1, ...rows.flatMap(({ values }) => values));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full border-separate border-spacing-0.5 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <td className="sticky left-0 bg-surface" />
            {columns.map(({ key, name, short }) => (
              <th
                key={key}
                scope="col"
                title={name}
                className={cn(
                  'px-0.5 pb-1 align-bottom font-normal text-muted',
                  showsFigures ? 'max-w-28 min-w-20 truncate text-left' : 'text-center',
                )}
              >
                {short ?? name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, values, shown }, row) => (
            <tr key={key}>
              <th
                scope="row"
                title={name}
                className="sticky left-0 max-w-36 truncate bg-surface pr-2 text-left font-normal"
              >
                {name}
              </th>
              {values.map((value, column) => {
                const share = Math.sqrt(value / max);
                return (
                  <td
                    key={columns[column]?.key}
                    title={cellLabel(row, column)}
                    className={cn('h-7 bg-sunken p-0.5', !showsFigures && 'min-w-5')}
                  >
                    <span className="sr-only">{cellLabel(row, column)}</span>
                    <span aria-hidden className="flex items-center gap-1.5">
                      <span className="grid size-5 shrink-0 place-items-center">
                        <span
                          className="block bg-accent"
                          style={{ width: `${100 * share}%`, height: `${100 * share}%` }}
                        />
                      </span>
                      {showsFigures ? <span className="truncate">{shown[column]}</span> : null}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
