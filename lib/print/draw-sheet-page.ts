import { deflateSync, inflateSync } from 'node:zlib';
import { ReadBackError, short } from '../qr';
import type { DesignRefusal, DrawItem, LogoImage, PrintDesignSettings } from './design-types';
import { logoPixels } from './drawing/logo-pixels';
import { colourOperator, mmToPoints, paintPicture } from './drawing/paint';
import { searchableCaption } from './drawing/pdf-objects';
import { layOutPicture, type Picture } from './drawing/picture';
import { cropMarkPlaces, labelPlace } from './plan-sheet';
import { type EmbeddedImage, readContent } from './proof/read-content';
import { readPlaced } from './prove-file';
import type { SheetLayout } from './sheet-types';

export type SheetPageRequest = {
  layout: SheetLayout;
  design: PrintDesignSettings;
  logo: LogoImage | null;
  /** What is printed and on which label of the page, from 0. */
  labels: { label: number; item: DrawItem }[];
};

export type SheetPageAnswer =
  | {
      outcome: 'drawn';
      /** The page's operators, deflated. */
      content: Uint8Array;
      missingSigns: string[];
      /** What the reader read on each label. */
      texts: string[];
      /** The lines of each label's caption, as they stand on the page. */
      captions: string[][];
    }
  | { outcome: 'refused'; refusal: DesignRefusal; url: string }
  | { outcome: 'unreadable'; why: string };

/**
 * Draws one page of labels and reads every symbol of it back, from the page's own bytes as they will leave. Runs in a worker
 * thread.
 */
export async function drawSheetPage(request: SheetPageRequest): Promise<SheetPageAnswer> {
  const { layout, design, labels } = request;
  const logo = request.logo ? await logoPixels(request.logo, design.background, null) : null;
  const pictures = new Map<string, Picture>();
  const placed: { picture: Picture; leftMm: number; topMm: number }[] = [];
  const lines: string[] = [];
  for (const { label, item } of labels) {
    const key = `${item.url}\n${item.caption ?? ''}`;
    let picture = pictures.get(key);
    if (!picture) {
      const laidOut = layOutPicture(item, design, false);
      if ('refusal' in laidOut) return { outcome: 'refused', refusal: laidOut.refusal, url: item.url };
      picture = laidOut.picture;
      pictures.set(key, picture);
    }
    const place = centre(layout, label, picture);
    placed.push({ picture, ...place });
    lines.push(paintGround(layout, label, design));
    const points = { leftPt: mmToPoints(place.leftMm), topPt: mmToPoints(layout.pageHeightMm - place.topMm) };
    lines.push(paintPicture(picture, points, logo ? '/Logo Do' : ''), searchableCaption(picture, points));
  }
  if (layout.cropMarks) lines.push(paintCropMarks(layout));
  const content = deflateSync(lines.join(''), { level: 6 });
  try {
    const { texts, captions } = await provePage(content, layout, placed, logo);
    const missingSigns = [...pictures.values()].flatMap(({ caption }) => caption?.missingSigns ?? []);
    return { outcome: 'drawn', content, texts, captions, missingSigns: [...new Set(missingSigns)] };
  } catch (error) {
    if (error instanceof ReadBackError) return { outcome: 'unreadable', why: error.message };
    throw error;
  }
}

/** @throws ReadBackError  a label that does not read as its url, or a caption that is not at its symbol's side */
export async function provePage(
  content: Uint8Array,
  layout: SheetLayout,
  placed: readonly { picture: Picture; leftMm: number; topMm: number }[],
  logo: EmbeddedImage | null,
): Promise<{ texts: string[]; captions: string[][] }> {
  const images = new Map(logo ? [['Logo', logo] as const] : []);
  const page = readContent(inflateSync(content).toString('latin1'), mmToPoints(layout.pageHeightMm), images);
  const captions = placed.flatMap(({ picture }) => picture.caption?.lines.map((line) => line.text) ?? []);
  if (captions.join('\n') !== page.texts.join('\n')) throw new ReadBackError('A label holds another caption');
  const texts: string[] = [];
  for (const { picture, ...place } of placed) {
    const text = await readPlaced(page, picture, place);
    if (text === null) throw new ReadBackError('No symbol could be read');
    if (text !== picture.url) throw new ReadBackError('The symbol holds another text than the url');
    texts.push(text);
  }
  const unread = [...page.texts];
  return {
    texts,
    captions: placed.map(({ picture }) => unread.splice(0, picture.caption?.lines.length ?? 0)),
  };
}

function centre(layout: SheetLayout, label: number, picture: Picture): { leftMm: number; topMm: number } {
  const corner = labelPlace(layout, label);
  return {
    leftMm: corner.leftMm + (layout.labelWidthMm - picture.side * picture.moduleMm) / 2,
    topMm: corner.topMm + (layout.labelHeightMm - picture.height * picture.moduleMm) / 2,
  };
}

/** The label's own ground, beyond its edge by the bleed; white paper needs none. */
function paintGround(layout: SheetLayout, label: number, { background }: PrintDesignSettings): string {
  if (background === '#ffffff') return '';
  const { leftMm, topMm } = labelPlace(layout, label);
  const { bleedMm, labelWidthMm, labelHeightMm, pageHeightMm } = layout;
  return `${colourOperator(background)}\n${rectangle(
    leftMm - bleedMm,
    pageHeightMm - topMm - labelHeightMm - bleedMm,
    labelWidthMm + 2 * bleedMm,
    labelHeightMm + 2 * bleedMm,
  )}f\n`;
}

const rectangle = (...mm: number[]) => `${mm.map((value) => short(mmToPoints(value), 4)).join(' ')} re\n`;

function paintCropMarks(layout: SheetLayout): string {
  const marks = cropMarkPlaces(layout).map(({ leftMm, topMm, widthMm, heightMm }) =>
    rectangle(leftMm, layout.pageHeightMm - topMm - heightMm, widthMm, heightMm),
  );
  return `0 0 0 1 k\n${marks.join('')}f\n`;
}
