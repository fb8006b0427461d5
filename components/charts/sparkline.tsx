/** A line of a few days beside a figure; the figure says it in words. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const max = Math.max(1, ...values);
  const last = values.length - 1;
  const point = (value: number, i: number) =>
    `${(96 * i) / Math.max(1, last) + 2},${22 - (20 * value) / max}`;
  return (
    <svg role="img" aria-label={label} viewBox="0 0 100 24" className="h-5 w-20 shrink-0">
      <polyline
        points={values.map(point).join(' ')}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <circle cx="98" cy={22 - (20 * (values[last] ?? 0)) / max} r="2" fill="var(--accent)" />
    </svg>
  );
}
