import { ReadBackError, writeSvg } from '../qr';
import { isOneInk } from './check-design';
import {
  type DesignRefusal,
  type DrawCodesRequest,
  type DrawItem,
  type DrawnCode,
  isRasterFormat,
  type LogoImage,
  type PrintFormat,
} from './design-types';
import { writeEps } from './drawing/eps-file';
import { type LogoPixels, logoPixels } from './drawing/logo-pixels';
import { writePdf } from './drawing/pdf-file';
import { layOutPicture, type Picture } from './drawing/picture';
import { logoSidePx, rasterSize, writePngFile, writeTiffFile } from './drawing/raster-file';
import { writeDesignSvg } from './drawing/svg-file';
import { proveFile } from './prove-file';

/** What crosses back from a worker: an error's class would be lost on the way, so a refusal is a value. */
export type DrawAnswer =
  | ({ outcome: 'drawn' } & DrawnCode)
  | { outcome: 'refused'; refusal: DesignRefusal }
  | { outcome: 'unreadable'; why: string };

/** Draws symbols one after another and reads each file back. Runs in a worker thread; `drawCodes` is the way in. */
export async function drawAndProveAll({ items, ...request }: DrawCodesRequest): Promise<DrawAnswer[]> {
  const answers: DrawAnswer[] = [];
  for (const item of items) answers.push(await drawAndProve(item, request));
  return answers;
}

/** Draws one symbol and reads its file back. */
export async function drawAndProve(
  item: DrawItem,
  { format, design, logo }: Omit<DrawCodesRequest, 'items'>,
): Promise<DrawAnswer> {
  const laidOut = layOutPicture(item, design, isRasterFormat(format));
  if ('refusal' in laidOut) return { outcome: 'refused', refusal: laidOut.refusal };
  const { picture } = laidOut;
  const bytes = writeFile(picture, format, await logoOf(picture, logo, format));
  try {
    const text = await proveFile(bytes, picture, format);
    return { outcome: 'drawn', bytes, ...factsOf(picture, format), proof: { reader: 'zxing', text } };
  } catch (error) {
    if (error instanceof ReadBackError) return { outcome: 'unreadable', why: error.message };
    throw error;
  }
}

async function logoOf(
  picture: Picture,
  logo: LogoImage | null,
  format: PrintFormat,
): Promise<LogoPixels | null> {
  if (!picture.logoBox) return null;
  if (!logo) throw new Error('The design has a logo and none was handed over');
  const sidePx = isRasterFormat(format) ? logoSidePx(picture) : null;
  return logoPixels(logo, picture.design.background, sidePx);
}

function writeFile(picture: Picture, format: PrintFormat, logo: LogoPixels | null): Uint8Array<ArrayBuffer> {
  switch (format) {
    case 'png':
      return writePngFile(picture, logo);
    case 'tiff':
      return writeTiffFile(picture, logo);
    case 'svg':
      return isOneInk(picture.design) && !picture.caption
        ? writePlainSvg(picture)
        : writeDesignSvg(picture, logo);
    case 'pdf':
      return writePdf(picture, logo);
    case 'eps':
      return writeEps(picture, logo);
  }
}

function writePlainSvg({ matrix, design, title }: Picture): Uint8Array<ArrayBuffer> {
  const { sizeMm, quietZoneModules } = design;
  const svg = writeSvg(matrix, { sizeMm, quietZoneModules, ...(title === null ? {} : { title }) });
  return new TextEncoder().encode(svg);
}

function factsOf(picture: Picture, format: PrintFormat): Omit<DrawnCode, 'bytes' | 'proof'> {
  const { matrix, side, height, moduleMm, caption } = picture;
  const size = isRasterFormat(format) ? rasterSize(picture) : null;
  return {
    widthPx: size?.widthPx ?? null,
    heightPx: size?.heightPx ?? null,
    widthMm: side * moduleMm,
    // A picture of pixels is as high as its whole rows.
    heightMm: size ? (size.heightPx / size.widthPx) * side * moduleMm : height * moduleMm,
    version: matrix.version,
    modules: matrix.size,
    moduleMm,
    missingSigns: caption?.missingSigns ?? [],
    captionLines: caption?.lines.map((line) => line.text) ?? [],
  };
}
