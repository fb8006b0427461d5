import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  binarizers,
  characterSets,
  defaultReaderOptions,
  eanAddOnSymbols,
  encodeFormats,
  prepareZXingModule,
  type ReaderOptions,
  textModes,
  type ZXingReaderModule,
} from 'zxing-wasm/reader';
import type { SymbolRaster } from '../qr';

/** Reading takes 0.2 to 0.7 ms at 3 px a module and ten times that at 29, and sees the same. */
const PX_PER_MODULE = 3;

const common: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
  maxNumberOfSymbols: 1,
};

type ModuleOptions = Parameters<ZXingReaderModule['readBarcodesFromPixmap']>[3];

/** As the module itself takes them: names are numbers there. */
function toModuleOptions(options: ReaderOptions): ModuleOptions {
  const all = { ...defaultReaderOptions, ...options };
  return {
    ...all,
    formats: encodeFormats(all.formats),
    binarizer: binarizers.indexOf(all.binarizer),
    eanAddOnSymbol: eanAddOnSymbols.indexOf(all.eanAddOnSymbol),
    textMode: textModes.indexOf(all.textMode),
    characterSet: characterSets.indexOf('Unknown'),
    tryCode39ExtendedMode: true,
  };
}

/** For modules that are black or white and as wide as each other. */
const pureOptions = toModuleOptions({ ...common, isPure: true, binarizer: 'FixedThreshold' });

/** For pixels with shades, as a camera has them. */
const cameraOptions = toModuleOptions({
  ...common,
  binarizer: 'LocalAverage',
  tryHarder: true,
  tryRotate: true,
});

/** What every module of Emscripten has; the package leaves its types to others. */
type Reader = Omit<ZXingReaderModule, 'readBarcodesFromPixmap'> & {
  HEAPU8: Uint8Array;
  _malloc: (bytes: number) => number;
  _free: (place: number) => void;
  readBarcodesFromPixmap: (
    ...args: Parameters<ZXingReaderModule['readBarcodesFromPixmap']>
  ) => ReturnType<ZXingReaderModule['readBarcodesFromPixmap']> & { delete: () => void };
};

let reader: Promise<Reader> | undefined;

/** Hands zxing its WebAssembly from the package; left alone it would fetch it from a CDN. */
async function loadReader(): Promise<Reader> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const { buffer, byteOffset, byteLength } = await readFile(file);
  const wasmBinary = buffer.slice(byteOffset, byteOffset + byteLength);
  return prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }) as Promise<Reader>;
}

/**
 * Reads a symbol with ZXing, which shares no code with what drew it.
 *
 * @param raster  one cell a module, quiet zone included
 * @returns the text, from the symbol's own bytes as UTF-8; null when there is nothing to read
 */
export async function readSymbol(raster: SymbolRaster): Promise<string | null> {
  return read(toGrey(raster), raster.side * PX_PER_MODULE, pureOptions);
}

/**
 * Reads a symbol out of grey pixels, wherever in them it lies and at whatever angle.
 *
 * @param data  a byte a pixel, 255 is white
 */
export async function readGrey(data: Uint8Array, width: number): Promise<string | null> {
  return read(data, width, cameraOptions);
}

/**
 * The package's own `readBarcodes` leaves each answer to be collected some day. A thread that draws one symbol after another
 * never comes to it, and the memory of the module does not shrink: 100,000 symbols took 200 MB.
 */
async function read(grey: Uint8Array, width: number, options: ModuleOptions): Promise<string | null> {
  reader ??= loadReader();
  const zxing = await reader;
  const place = zxing._malloc(grey.length);
  if (place === 0) throw new Error(`The reader has no room for ${grey.length} pixels`);
  try {
    zxing.HEAPU8.set(grey, place);
    const found = zxing.readBarcodesFromPixmap(place, width, grey.length / width, options);
    try {
      const result = found.size() > 0 ? found.get(0) : undefined;
      return result?.isValid ? new TextDecoder().decode(result.bytes) : null;
    } finally {
      found.delete();
    }
  } finally {
    zxing._free(place);
  }
}

function toGrey({ side, cells }: SymbolRaster): Uint8Array {
  const width = side * PX_PER_MODULE;
  const pixels = new Uint8Array(width * width).fill(255);
  for (let y = 0, at = 0; y < width; y++) {
    const row = Math.floor(y / PX_PER_MODULE) * side;
    for (let x = 0; x < width; x++, at++) {
      if (cells[row + Math.floor(x / PX_PER_MODULE)] === 1) pixels[at] = 0;
    }
  }
  return pixels;
}
