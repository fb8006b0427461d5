import { correction, generate } from 'lean-qr';
import encodeQR from 'qr';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { renderSVG } from 'uqr';
import { designDefaults } from '../lib/print/design-schemas';
import { drawAndProve } from '../lib/print/draw-and-prove';
import { encodeSymbol } from '../lib/qr';
import { writePng } from '../lib/qr/png';
import type { BenchTable } from './harness/table';
import { timeInterleaved } from './harness/time-interleaved';

const OURS = 'print PNG: matrix, pixels, file';
const URL_BYTES = 45;
const SIDE_PX = 1_189;
const print = { sizeMm: 50, dotsPerInch: 600, quietZoneModules: 4 };

let drawn = 0;

/** Another url of 45 bytes each time: nothing can be answered from memory. */
function nextUrl(): string {
  drawn++;
  const tail = Math.imul(drawn, 0x9e3779b1).toString(36).replace('-', '_');
  return `http://weixin.qq.com/q/02${tail}${drawn.toString(36)}`.padEnd(URL_BYTES, 'kzIoRzvTcBl1xKzT1u5x');
}

/** `qrcode` draws modules of uneven width when told a width; this scale gives the very same pixels as ours. */
const qrcodeOptions = { errorCorrectionLevel: 'Q', margin: 4, scale: 29, type: 'png' } as const;

/** One print PNG of 50 mm at 600 dpi, beside what one would write with the libraries at hand, in the same run. */
export default async function benchPng(): Promise<BenchTable> {
  await requireEqualWork();
  const rows = await timeInterleaved(
    [
      { label: OURS, repeat: 20, turns: 20, run: () => writePng(encodeSymbol(nextUrl(), 'Q'), print) },
      {
        label: 'qr, matrix alone',
        repeat: 20,
        turns: 20,
        run: () => encodeQR(nextUrl(), 'raw', { ecc: 'quartile', border: 1 }),
      },
      {
        label: 'lean-qr, matrix alone',
        repeat: 4,
        turns: 20,
        run: () =>
          generate(nextUrl(), { minCorrectionLevel: correction.Q, maxCorrectionLevel: correction.Q }),
      },
      {
        label: 'qrcode, matrix alone',
        repeat: 4,
        turns: 20,
        run: () => QRCode.create(nextUrl(), { errorCorrectionLevel: 'Q' }),
      },
      {
        label: 'print PNG and its proof, zxing',
        repeat: 2,
        turns: 5,
        note: 'one thread; what drawCodes does',
        run: () =>
          drawAndProve(
            { url: nextUrl(), caption: null },
            { format: 'png', design: { ...designDefaults, ...print }, logo: null },
          ).then((answer) => {
            if (answer.outcome !== 'drawn') throw new Error(answer.outcome);
          }),
      },
      {
        label: 'uqr, SVG through sharp',
        repeat: 1,
        note: '8-bit, no pHYs set',
        run: () =>
          sharp(Buffer.from(renderSVG(nextUrl(), { ecc: 'Q', border: 4, pixelSize: 29 })))
            .png()
            .toBuffer(),
      },
      {
        label: 'qrcode, toBuffer',
        repeat: 1,
        note: '8-bit RGBA, no pHYs',
        run: () => QRCode.toBuffer(nextUrl(), qrcodeOptions),
      },
    ],
    25,
    OURS,
  );

  const medianOf = (label: string) => rows.find((row) => row.label === label)?.medianMs ?? Number.NaN;
  const ours = medianOf(OURS);
  const fasterThanQrcode = medianOf('qrcode, toBuffer') / ours;
  const matrixRows = rows.filter(({ label }) => label.endsWith('matrix alone'));
  const fastest = matrixRows.reduce((least, row) => (row.medianMs < least.medianMs ? row : least));
  const timesMatrix = ours / fastest.medianMs;
  return {
    name: 'png',
    what: `One print PNG of 50 mm at 600 dpi (${SIDE_PX} px) for a ${URL_BYTES}-byte url, level Q; another url each time.`,
    rows,
    wanted: [
      {
        text: 'at least 60 times faster than qrcode’s toBuffer at the same pixel size',
        met: fasterThanQrcode >= 60,
        measured: `${Math.round(fasterThanQrcode)} times`,
      },
      {
        text: `at most 2 times the fastest that makes the matrix alone (${fastest.label.split(',')[0]})`,
        met: timesMatrix <= 2,
        measured: `${timesMatrix.toFixed(2)} times`,
      },
    ],
  };
}

/** All of them draw 1,189 px for a url of 45 bytes, or the comparison says nothing. */
async function requireEqualWork(): Promise<void> {
  const url = nextUrl();
  const pictures = [
    writePng(encodeSymbol(url, 'Q'), print),
    await QRCode.toBuffer(url, qrcodeOptions),
    await sharp(Buffer.from(renderSVG(url, { ecc: 'Q', border: 4, pixelSize: 29 })))
      .png()
      .toBuffer(),
  ];
  for (const picture of pictures) {
    const { width } = await sharp(picture).metadata();
    if (width !== SIDE_PX) throw new Error(`A picture is ${width} px wide and not ${SIDE_PX}`);
  }
  if (Buffer.byteLength(url) !== URL_BYTES) throw new Error(`The url has ${Buffer.byteLength(url)} bytes`);
}
