export type EmptyPictureName =
  | 'codes'
  | 'campaigns'
  | 'channels'
  | 'people'
  | 'log'
  | 'search'
  | 'missing'
  | 'broken';

/** A finder pattern of a symbol, seven modules wide, at a module position. */
function Finder({ x, y }: { x: number; y: number }) {
  return (
    <path
      fillRule="evenodd"
      d={`M${x} ${y}h7v7h-7zm1 1v5h5v-5zM${x + 2} ${y + 2}h3v3h-3z`}
      fill="currentColor"
    />
  );
}

const modules = (cells: string) =>
  cells
    .split(' ')
    .map((cell) => cell.split(',').map(Number))
    .map(([x, y]) => `M${x} ${y}h1v1h-1z`)
    .join('');

const data = modules(
  '9,1 10,1 12,1 9,3 11,3 12,4 10,5 9,6 12,6 1,9 3,9 4,10 6,9 1,11 2,12 5,12 9,9 11,9 12,10 15,9 17,9 18,10 20,9 9,11 10,12 14,11 16,12 19,12 9,14 11,14 12,15 9,17 12,17 10,18 11,20 9,20 14,14 16,14 18,14 20,15 15,16 17,16 19,17 14,18 16,18 18,19 20,19 15,20 17,20',
);

const half = modules(
  '9,1 10,1 12,1 9,3 11,3 12,4 10,5 9,6 12,6 1,9 3,9 4,10 6,9 1,11 2,12 5,12 9,9 11,9 12,10 9,11 10,12',
);

function drawing(name: EmptyPictureName) {
  switch (name) {
    case 'codes':
      return (
        <>
          <Finder x={0} y={0} />
          <Finder x={14} y={0} />
          <Finder x={0} y={14} />
          <path d={half} fill="currentColor" />
          <path d="M18 14v7M14.5 17.500h7" className="stroke-accent" strokeWidth="1.2" fill="none" />
        </>
      );
    case 'campaigns':
      return (
        <>
          <path d="M3 0v21" className="stroke-line-strong" strokeWidth="0.6" />
          <path d="M3 1h16l-3 4.5 3 4.500H3z" className="fill-accent-soft stroke-accent" strokeWidth="0.6" />
          <g transform="translate(5.2 2.4) scale(0.3)">
            <Finder x={0} y={0} />
            <Finder x={14} y={0} />
            <Finder x={0} y={14} />
            <path d={data} fill="currentColor" />
          </g>
        </>
      );
    case 'channels':
      return (
        <>
          <path d="M1 7 3 1h15l2 6z" className="fill-accent-soft stroke-accent" strokeWidth="0.6" />
          <path d="M2 7v13h17V7" className="stroke-line-strong" strokeWidth="0.6" fill="none" />
          <path d="M12.5 20v-8h4v8" className="stroke-line-strong" strokeWidth="0.6" fill="none" />
          <g transform="translate(4 10) scale(0.330)">
            <Finder x={0} y={0} />
            <Finder x={14} y={0} />
            <Finder x={0} y={14} />
            <path d={data} fill="currentColor" />
          </g>
        </>
      );
    case 'people':
      return (
        <>
          <circle cx="7.5" cy="7" r="3.5" fill="none" className="stroke-line-strong" strokeWidth="0.7" />
          <path
            d="M1 20c0-5 2.5-7.5 6.5-7.500S14 15 14 20"
            fill="none"
            className="stroke-line-strong"
            strokeWidth="0.7"
          />
          <path d="M17.5 7v7M14 10.500h7" className="stroke-accent" strokeWidth="1.2" fill="none" />
        </>
      );
    case 'log':
      return (
        <>
          <path d="M3 .500h15v20H3z" fill="none" className="stroke-line-strong" strokeWidth="0.6" />
          <path
            d="M9 4.500h6M9 8.500h6M9 12.500h6M9 16.500h4"
            className="stroke-line-strong"
            strokeWidth="0.7"
          />
          <path d="M5.5 4h1v1h-1zM5.5 8h1v1h-1zM5.5 12h1v1h-1zM5.5 16h1v1h-1z" className="fill-accent" />
        </>
      );
    case 'search':
      return (
        <>
          <g className="text-line-strong" opacity="0.6">
            <Finder x={0} y={0} />
            <Finder x={14} y={0} />
            <Finder x={0} y={14} />
            <path d={half} fill="currentColor" />
          </g>
          <circle cx="13.5" cy="13" r="4.8" className="fill-paper stroke-accent" strokeWidth="1" />
          <path d="m17 16.5 3.6 3.6" className="stroke-accent" strokeWidth="1.4" />
        </>
      );
    case 'missing':
      return (
        <>
          <Finder x={0} y={0} />
          <Finder x={14} y={0} />
          <Finder x={0} y={14} />
          <path d={data} className="fill-line" />
        </>
      );
    case 'broken':
      return (
        <>
          <Finder x={0} y={0} />
          <Finder x={14} y={0} />
          <Finder x={0} y={14} />
          <path d={data} fill="currentColor" />
          <path d="m-1 13 7-3 4 4 5-6 7 2" className="stroke-paper" strokeWidth="2.6" fill="none" />
          <path d="m-1 13 7-3 4 4 5-6 7 2" className="stroke-amber" strokeWidth="0.5" fill="none" />
        </>
      );
  }
}

/** A small drawing out of the parts of a QR symbol. It says nothing that the sentence beside it does not. */
export function EmptyPicture({ name }: { name: EmptyPictureName }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="-1 -1 23 23"
      className="size-24 text-ink"
      shapeRendering="geometricPrecision"
    >
      {drawing(name)}
    </svg>
  );
}
