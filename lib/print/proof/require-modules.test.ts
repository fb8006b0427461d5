import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { placeOutline, symbolOutline, writeSvg } from '../../qr';
import { designDefaults } from '../design-schemas';
import { isRasterFormat, type PrintDesignSettings, type PrintFormat, printFormats } from '../design-types';
import { writeEps } from '../drawing/eps-file';
import { type LogoPixels, logoPixels } from '../drawing/logo-pixels';
import { writePdf } from '../drawing/pdf-file';
import { layOutPicture, type Picture } from '../drawing/picture';
import { logoSidePx, writePngFile, writeTiffFile } from '../drawing/raster-file';
import { writeDesignSvg } from '../drawing/svg-file';
import { proveFile } from '../prove-file';

const url = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5x';
const plain: PrintDesignSettings = { ...designDefaults, sizeMm: 30 };
const logo = { id: 'grey', sizePercent: 20 };
const designs: Record<string, PrintDesignSettings> = {
  plain,
  coloured: { ...plain, foreground: '#0b3d24', background: '#f4f1e8' },
  rounded: { ...plain, moduleShape: 'rounded', finderStyle: 'rounded' },
  'rounded finders': { ...plain, finderStyle: 'rounded' },
  dots: { ...plain, moduleShape: 'dot', finderStyle: 'rounded' },
  logo: { ...plain, errorCorrection: 'H', logo },
};

let png: Uint8Array;
beforeAll(async () => {
  const grey = { width: 64, height: 64, channels: 3, background: '#888888' } as const;
  png = new Uint8Array(await sharp({ create: grey }).png().toBuffer());
});

function layOut(design: PrintDesignSettings, format: PrintFormat): Picture {
  const laidOut = layOutPicture({ url, caption: null }, design, isRasterFormat(format));
  if ('refusal' in laidOut) throw new Error(laidOut.refusal.reason);
  return laidOut.picture;
}

/** The same symbol with one module changed, in its matrix as in its outline. */
function damage(picture: Picture, x: number, y: number): Picture {
  const { matrix, design } = picture;
  const cells = matrix.cells.slice();
  cells[y * matrix.size + x] = 1 - (cells[y * matrix.size + x] ?? 0);
  const changed = { ...matrix, cells };
  const quiet = design.quietZoneModules;
  return {
    ...picture,
    matrix: changed,
    symbol: placeOutline(symbolOutline(changed, design), 1, quiet, quiet),
  };
}

async function write(picture: Picture, format: PrintFormat): Promise<Uint8Array> {
  const { design, matrix, logoBox } = picture;
  const side = isRasterFormat(format) ? logoSidePx(picture) : null;
  const pixels: LogoPixels | null =
    logoBox && (await logoPixels({ id: 'grey', png }, design.background, side));
  switch (format) {
    case 'png':
      return writePngFile(picture, pixels);
    case 'tiff':
      return writeTiffFile(picture, pixels);
    case 'svg':
      return design === plain
        ? new TextEncoder().encode(writeSvg(matrix, design))
        : writeDesignSvg(picture, pixels);
    case 'pdf':
      return writePdf(picture, pixels);
    case 'eps':
      return writeEps(picture, pixels);
  }
}

/** Modules of which error correction, or a reader's tolerance, mends a single one. */
const places = {
  finder: [4, 2],
  timing: [10, 6],
  format: [8, 2],
  alignment: [26, 26],
  data: [14, 30],
} as const;

describe.each(Object.keys(designs))('a file of the design %s', (name) => {
  const design = designs[name] ?? plain;

  it.each(printFormats)('as %s does not pass with one wrong module, which ZXing mends', async (format) => {
    const picture = layOut(design, format);
    await expect(proveFile(await write(picture, format), picture, format)).resolves.toBe(url);
    for (const [place, [x, y]] of Object.entries(places)) {
      // A rounded finder is drawn whole, whatever its modules are.
      if (place === 'finder' && design.finderStyle === 'rounded') continue;
      const damaged = damage(picture, x, y);
      const file = await write(damaged, format);
      await expect(proveFile(file, damaged, format), place).resolves.toBe(url);
      const tone = damaged.matrix.cells[y * damaged.matrix.size + x] === 1 ? 'light' : 'dark';
      await expect(proveFile(file, picture, format), place).rejects.toThrow(
        `The module at ${x} ${y} is not ${tone}`,
      );
    }
  });
});

it('tells a square finder from the rounded one that was meant', async () => {
  const rounded = { ...plain, moduleShape: 'rounded', finderStyle: 'rounded' } as const;
  const file = await write(layOut({ ...rounded, finderStyle: 'square' }, 'png'), 'png');
  await expect(proveFile(file, layOut(rounded, 'png'), 'png')).rejects.toThrow(
    'The module at 0 0 is not light',
  );
});

it.each([72, 100, 110, 120, 130, 140, 150, 254, 600, 1_200])(
  'passes what was drawn at %i dpi, in every shape',
  async (dotsPerInch) => {
    for (const design of Object.values(designs)) {
      for (const format of ['png', 'tiff'] as const) {
        const picture = layOut({ ...design, dotsPerInch }, format);
        await expect(proveFile(await write(picture, format), picture, format)).resolves.toBe(url);
      }
    }
  },
);
