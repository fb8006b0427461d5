/** A ruler in millimetres, as wide as what it measures however that is scaled. */
export function MmRuler({ widthMm }: { widthMm: number }) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((mm) => widthMm / mm <= 60) ?? 1_000;
  const named = [10, 20, 50, 100, 200, 500, 1_000].find((mm) => mm >= step && widthMm / mm <= 6) ?? 2_000;
  const ticks = Array.from({ length: Math.floor(widthMm / step + 1e-6) + 1 }, (_, n) => n * step);
  const unit = widthMm / 100;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${widthMm} ${9 * unit}`}
      className="block w-full overflow-visible text-muted"
    >
      <g stroke="currentColor" strokeWidth={0.25 * unit}>
        {ticks.map((mm) => (
          <path
            key={mm}
            d={`M${mm} 0v${(mm % named === 0 ? 3.4 : mm % (5 * step) === 0 ? 2.4 : 1.4) * unit}`}
          />
        ))}
      </g>
      <g fill="currentColor" fontSize={3.6 * unit} textAnchor="middle">
        {ticks
          .filter((mm) => mm % named === 0)
          .map((mm) => (
            <text
              key={mm}
              x={mm}
              y={7.4 * unit}
              textAnchor={mm === 0 ? 'start' : mm > widthMm - 4 * unit ? 'end' : 'middle'}
            >
              {mm === 0 ? '0 mm' : mm}
            </text>
          ))}
      </g>
    </svg>
  );
}
