import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
  PDFString,
} from 'pdf-lib';
import sharp from 'sharp';
import { posterBounds } from './poster-bounds';
import type { PosterAnchors, PosterRefusal } from './types';

/** Thrown within the intake alone; `takePoster` turns it into a value, since a class does not cross threads. */
export class PosterRefusedError extends Error {
  override readonly name = 'PosterRefusedError';
  constructor(readonly refusal: PosterRefusal) {
    super(refusal.code);
  }
}

type Base = { base: Uint8Array<ArrayBuffer>; anchors: PosterAnchors; widthPt: number; heightPt: number };

/** Of a picture that does not say how large it is. */
const DEFAULT_DPI = 150;

/**
 * Writes the page that codes are set upon: the poster as a form of its own, then what changes from code to code, in objects
 * whose numbers are known.
 *
 * @throws PosterRefusedError
 */
export async function writeBase(upload: Uint8Array, kind: 'pdf' | 'png' | 'jpeg'): Promise<Base> {
  const made = await PDFDocument.create({ updateMetadata: false });
  const drawn = kind === 'pdf' ? await drawPdf(made, upload) : await drawPicture(made, upload, kind);
  const { context } = made;
  const { node, ref } = made.getPage(0);
  const logo = context.register(
    context.flateStream(new Uint8Array(3), {
      ...{ Type: 'XObject', Subtype: 'Image', Width: 1, Height: 1 },
      ...{ ColorSpace: 'DeviceRGB', BitsPerComponent: 8 },
    }),
  );
  const overlay = context.register(context.flateStream(new Uint8Array()));
  const font = context.register(context.obj({}));
  const proc = context.register(context.obj({}));
  const under = context.register(context.flateStream('q /Poster Do Q\n'));
  node.set(
    PDFName.of('Resources'),
    context.obj({ XObject: { Poster: drawn.form, Logo: logo }, Font: { F: font } }),
  );
  node.set(PDFName.of('Contents'), context.obj([under, overlay]));
  const info = context.register(context.obj({ Producer: PDFString.of('Qudao') }));
  context.trailerInfo.Info = info;
  const base = new Uint8Array(await made.save({ useObjectStreams: false, addDefaultPage: false }));
  const tail = Buffer.from(base.buffer, Math.max(0, base.length - 64)).toString('latin1');
  const tableAt = Number(/startxref\s+(\d+)/.exec(tail)?.[1]);
  const root = context.trailerInfo.Root;
  if (!Number.isInteger(tableAt) || !(root instanceof PDFRef)) throw new Error('the page was not written');
  node.delete(PDFName.of('MediaBox'));
  const { widthPt, heightPt } = drawn;
  return {
    ...{ base, widthPt, heightPt },
    anchors: {
      root: root.objectNumber,
      info: info.objectNumber,
      page: ref.objectNumber,
      pageBody: node.toString(),
      overlay: overlay.objectNumber,
      logo: logo.objectNumber,
      font: font.objectNumber,
      proc: proc.objectNumber,
      size: context.largestObjectNumber + 1,
      tableAt,
    },
  };
}

async function drawPdf(made: PDFDocument, upload: Uint8Array) {
  const given = await PDFDocument.load(upload, { updateMetadata: false, throwOnInvalidObject: false }).catch(
    (error: unknown) => {
      throw new PosterRefusedError({
        // Its class is lost in how the package was compiled.
        code: /is encrypted/.test(String(error)) ? 'posterEncrypted' : 'posterBroken',
      });
    },
  );
  refuseScripts(given);
  refuseHiddenLayers(given);
  const pages = given.getPageCount();
  if (pages !== 1) throw new PosterRefusedError({ code: 'posterPages', pages });
  const page = given.getPage(0);
  const unit = userUnitOf(page);
  const crop = page.getCropBox();
  const turn = (((page.getRotation().angle % 360) + 360) % 360) / 90;
  const [left, bottom, right, top] = [crop.x, crop.y, crop.x + crop.width, crop.y + crop.height];
  // The page as it is shown, turned, with its lower left corner at the origin.
  const matrices: [number, number, number, number, number, number][] = [
    [1, 0, 0, 1, -left, -bottom],
    [0, -1, 1, 0, -bottom, right],
    [-1, 0, 0, -1, right, top],
    [0, 1, -1, 0, top, -left],
  ];
  const matrix = matrices[turn]?.map((part) => part * unit);
  if (!matrix) throw new PosterRefusedError({ code: 'posterBroken' });
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
  const embedded = await made.embedPage(page, { left, bottom, right, top }, [a, b, c, d, e, f]);
  await embedded.embed();
  const isTurned = turn % 2 === 1;
  const widthPt = (isTurned ? crop.height : crop.width) * unit;
  const heightPt = (isTurned ? crop.width : crop.height) * unit;
  const placed = made.addPage([widthPt, heightPt]);
  for (const name of ['TrimBox', 'BleedBox'] as const) {
    const box = name === 'TrimBox' ? page.getTrimBox() : page.getBleedBox();
    const corners = [
      [box.x, box.y],
      [box.x + box.width, box.y + box.height],
    ].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f]);
    const xs = corners.map(([x = 0]) => x);
    const ys = corners.map(([, y = 0]) => y);
    placed.node.set(
      PDFName.of(name),
      made.context.obj([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]),
    );
  }
  keepGroup(placed, page);
  return { form: embedded.ref, widthPt, heightPt };
}

/** How the page's transparency is blended: without it colours would come out otherwise. */
function keepGroup(placed: PDFPage, page: PDFPage): void {
  const group = page.node.lookup(PDFName.of('Group'));
  const space = group instanceof PDFDict ? group.get(PDFName.of('CS')) : undefined;
  if (!(space instanceof PDFName)) return;
  placed.node.set(PDFName.of('Group'), placed.doc.context.obj({ S: 'Transparency', CS: space.decodeText() }));
}

function userUnitOf(page: PDFPage): number {
  const unit = page.node.lookup(PDFName.of('UserUnit'));
  return unit instanceof PDFNumber ? unit.asNumber() : 1;
}

function refuseScripts({ context }: PDFDocument): void {
  const isScript = (object: PDFObject): boolean => {
    if (object instanceof PDFRawStream) return isScript(object.dict);
    if (object instanceof PDFArray) return object.asArray().some(isScript);
    if (!(object instanceof PDFDict)) return false;
    const kind = object.get(PDFName.of('S'));
    if (kind === PDFName.of('JavaScript') || kind === PDFName.of('Launch')) return true;
    const js = object.get(PDFName.of('JS'));
    if (js instanceof PDFString || js instanceof PDFHexString) return true;
    return object.values().some((value) => !(value instanceof PDFRef) && isScript(value));
  };
  if (context.enumerateIndirectObjects().some(([, object]) => isScript(object))) {
    throw new PosterRefusedError({ code: 'posterScripted' });
  }
}

/** Which layers are seen is said beside the page and would be lost: all would show. */
function refuseHiddenLayers({ catalog, context }: PDFDocument): void {
  const layers = catalog.lookup(PDFName.of('OCProperties'));
  const shown = layers instanceof PDFDict ? context.lookup(layers.get(PDFName.of('D'))) : undefined;
  const off = shown instanceof PDFDict ? context.lookup(shown.get(PDFName.of('OFF'))) : undefined;
  if (off instanceof PDFArray && off.size() > 0) throw new PosterRefusedError({ code: 'posterHiddenLayers' });
}

async function drawPicture(made: PDFDocument, upload: Uint8Array, kind: 'png' | 'jpeg') {
  const { width, height, density } = await sharp(upload, { limitInputPixels: false }).metadata();
  if (width * height > posterBounds.maxPixels) {
    throw new PosterRefusedError({ code: 'posterPixels', max: posterBounds.maxPixels / 1_000_000 });
  }
  const image = kind === 'jpeg' ? (await embedJpeg(made, upload)).ref : await embedPixels(made, upload);
  const points = 72 / (density !== undefined && density >= 72 ? density : DEFAULT_DPI);
  const [widthPt, heightPt] = [width * points, height * points];
  made.addPage([widthPt, heightPt]);
  const { context } = made;
  const content = context.flateStream(`${widthPt} 0 0 ${heightPt} 0 0 cm /Image Do\n`, {
    ...{ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, widthPt, heightPt] },
    Resources: { XObject: { Image: image } },
  });
  return { form: context.register(content), widthPt, heightPt };
}

/** The file's own pixels, not packed a second time. */
async function embedJpeg(made: PDFDocument, upload: Uint8Array) {
  const image = await made.embedJpg(upload);
  await image.embed();
  return image;
}

/** A PNG's pixels on white: presses know no transparency. */
async function embedPixels(made: PDFDocument, upload: Uint8Array) {
  const { data, info } = await sharp(upload, { limitInputPixels: posterBounds.maxPixels })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return made.context.register(
    made.context.flateStream(new Uint8Array(data), {
      ...{ Type: 'XObject', Subtype: 'Image', Width: info.width, Height: info.height },
      ...{ ColorSpace: 'DeviceRGB', BitsPerComponent: 8 },
    }),
  );
}
