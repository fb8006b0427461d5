/** Label paper by the number on its packet: millimetres, as the makers publish them. */
export type LabelStock = {
  id: string;
  page: 'a4' | 'letter';
  columns: number;
  rows: number;
  labelWidthMm: number;
  labelHeightMm: number;
  leftMm: number;
  topMm: number;
  pitchXMm: number;
  pitchYMm: number;
};

const MM_PER_INCH = 25.4;

function a4(
  id: string,
  [columns, rows]: [number, number],
  [labelWidthMm, labelHeightMm]: [number, number],
  [leftMm, topMm]: [number, number],
  [pitchXMm, pitchYMm]: [number, number],
): LabelStock {
  return { id, page: 'a4', columns, rows, labelWidthMm, labelHeightMm, leftMm, topMm, pitchXMm, pitchYMm };
}

/** As `a4`, in inches, in which the stock of that country is made. */
function letter(
  id: string,
  grid: [number, number],
  size: [number, number],
  corner: [number, number],
  pitch: [number, number],
): LabelStock {
  const toMm = ([x, y]: [number, number]): [number, number] => [x * MM_PER_INCH, y * MM_PER_INCH];
  return { ...a4(id, grid, toMm(size), toMm(corner), toMm(pitch)), page: 'letter' };
}

/** Avery's numbers; paper of other makers with as many labels of the same size is cut alike. */
export const labelStocks: readonly LabelStock[] = [
  a4('L7120', [5, 7], [35, 35], [7.5, 11], [40, 40]),
  a4('L7121', [4, 5], [45, 45], [7.5, 16], [50, 55]),
  a4('L7159', [3, 8], [63.5, 33.9], [7.25, 12.9], [66, 33.9]),
  a4('L7160', [3, 7], [63.5, 38.1], [7.25, 15.15], [66, 38.1]),
  a4('L7161', [3, 6], [63.5, 46.6], [7.25, 8.7], [66, 46.6]),
  a4('L7162', [2, 8], [99.1, 33.9], [4.65, 12.9], [101.6, 33.9]),
  a4('L7163', [2, 7], [99.1, 38.1], [4.65, 15.15], [101.6, 38.1]),
  a4('L7164', [3, 4], [63.5, 72], [7.25, 4.5], [66, 72]),
  a4('L7165', [2, 4], [99.1, 67.7], [4.65, 13.1], [101.6, 67.7]),
  a4('L7173', [2, 5], [99.1, 57], [4.65, 6], [101.6, 57]),
  a4('L7651', [5, 13], [38.1, 21.2], [4.75, 10.7], [40.6, 21.2]),
  letter('5160', [3, 10], [2.625, 1], [0.1875, 0.5], [2.75, 1]),
  letter('5163', [2, 5], [4, 2], [0.15625, 0.5], [4.1875, 2]),
  letter('5164', [2, 3], [4, 10 / 3], [0.15625, 0.5], [4.1875, 10 / 3]),
  letter('22806', [3, 4], [2, 2], [0.625, 0.625], [2.625, 31 / 12]),
];

export function findLabelStock(id: string): LabelStock | null {
  return labelStocks.find((stock) => stock.id === id) ?? null;
}
