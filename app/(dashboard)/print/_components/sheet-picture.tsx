import type { ExportPreviewDto, SheetPictureDto } from '@/lib/exports/types';

/** The first page in its true proportions, with the symbols that lie on it. */
export function SheetPicture({
  sheet,
  first,
  label,
}: {
  sheet: SheetPictureDto;
  first: ExportPreviewDto['first'];
  label: string;
}) {
  const { widthMm, heightMm, labels } = sheet;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      className="mx-auto block max-h-120 w-full bg-white shadow-sm"
    >
      {labels.map(({ leftMm, topMm, widthMm: width, heightMm: height, item }) => {
        const drawn = item === null ? undefined : first[item];
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
              strokeDasharray={drawn ? undefined : widthMm / 100}
            />
            {drawn ? (
              <image
                href={`data:image/svg+xml;base64,${drawn.svg}`}
                x={leftMm + (width - drawn.widthMm) / 2}
                y={topMm + (height - drawn.heightMm) / 2}
                width={drawn.widthMm}
                height={drawn.heightMm}
              />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
