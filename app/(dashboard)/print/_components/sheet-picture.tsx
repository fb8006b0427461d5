import type { SheetPictureDto } from '@/lib/exports/types';

/** A drawing at its size on paper. */
export type SheetSymbol = { href: string; widthMm: number; heightMm: number };

/** The first page in its true proportions, with the symbols that lie on it, their ground and the crop marks. */
export function SheetPicture({
  sheet,
  symbolOf,
  label,
}: {
  sheet: SheetPictureDto;
  /** What lies on a label, by the code's place; undefined while it is not drawn. */
  symbolOf: (item: number) => SheetSymbol | undefined;
  label: string;
}) {
  const { widthMm, heightMm, labels, marks, bleedMm, ground } = sheet;
  // A crop mark of a tenth of a millimetre would not be seen on a screen.
  const leastMm = widthMm / 500;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      className="mx-auto block max-h-120 w-full bg-white shadow-sm"
    >
      {labels.map((place) => (
        <rect
          key={`${place.leftMm} ${place.topMm}`}
          x={place.leftMm - bleedMm}
          y={place.topMm - bleedMm}
          width={place.widthMm + 2 * bleedMm}
          height={place.heightMm + 2 * bleedMm}
          fill={place.item === null ? 'none' : ground}
        />
      ))}
      {labels.map(({ leftMm, topMm, widthMm: width, heightMm: height, item }) => {
        const drawn = item === null ? undefined : symbolOf(item);
        return (
          <g key={`${leftMm} ${topMm}`}>
            <rect
              x={leftMm}
              y={topMm}
              width={width}
              height={height}
              fill="none"
              stroke="#b8b6ae"
              strokeWidth={widthMm / 600}
              strokeDasharray={item === null ? widthMm / 100 : undefined}
            />
            {drawn ? (
              <image
                href={drawn.href}
                x={leftMm + (width - drawn.widthMm) / 2}
                y={topMm + (height - drawn.heightMm) / 2}
                width={drawn.widthMm}
                height={drawn.heightMm}
              />
            ) : null}
          </g>
        );
      })}
      {marks.map(({ leftMm, topMm, widthMm: width, heightMm: height }) => (
        <rect
          key={`${leftMm} ${topMm} ${width}`}
          x={leftMm}
          y={topMm}
          width={Math.max(width, leastMm)}
          height={Math.max(height, leastMm)}
          fill="#000"
        />
      ))}
    </svg>
  );
}
