import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import jsQR from 'jsqr';
import { degrees, PDFDocument } from 'pdf-lib';
import PdfKit from 'pdfkit';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { designDefaults } from '../print/design-schemas';
import { layOutPicture } from '../print/drawing/picture';
import { drawPoster } from './draw-poster';
import { onPoster } from './on-poster';
import { takePoster } from './take-poster';
import type { PosterPlacement } from './types';

const url = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1uP7';
const hasPoppler = spawnSync('pdftoppm', ['-v']).status === 0;

/** A dark page of 297 × 420 mm with a vector drawing and text. */
function darkPoster(options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  const pdf = new PdfKit({ size: 'A3', ...options });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.rect(0, 0, 900, 1200).fill('#102a5c');
  pdf.circle(400, 300, 200).fill('#e06020');
  pdf.fillColor('#ffffff').fontSize(60).text('SPRING SALE', 80, 600);
  const done = new Promise<Buffer>((resolve) => pdf.on('end', () => resolve(Buffer.concat(chunks))));
  pdf.end();
  return done;
}

async function take(upload: Uint8Array) {
  const answer = await takePoster(upload);
  if (answer.outcome === 'refused') throw new Error(JSON.stringify(answer.refusal));
  return answer;
}

const placement: PosterPlacement = {
  code: { leftMm: 210, topMm: 330, sizeMm: 60 },
  hasPatch: true,
  line: {
    ...{ leftMm: 20, topMm: 370, widthMm: 150, textMm: 12 },
    ...{ align: 'left', colour: '#ffffff', template: '{channel}' },
  },
};

async function draw(upload: Uint8Array, where: PosterPlacement = placement) {
  const { base, anchors, widthMm, heightMm } = await take(upload);
  const design = onPoster(designDefaults, where);
  const poster = { id: 'p', base, anchors, widthMm, heightMm, placement: where };
  return drawPoster(poster, { design, logo: null }, { url, caption: '陆家嘴店', title: '陆家嘴店' });
}

async function drawn(upload: Uint8Array, where?: PosterPlacement): Promise<Uint8Array> {
  const file = await draw(upload, where);
  if (file.outcome !== 'drawn') throw new Error(JSON.stringify(file));
  expect(file.decoded).toBe(url);
  return file.bytes;
}

/** By the renderer and the reader of others. */
async function readByOthers(file: Uint8Array, { code }: PosterPlacement): Promise<string | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), 'poster-'));
  const name = path.join(folder, 'poster');
  writeFileSync(`${name}.pdf`, file);
  execFileSync('pdftoppm', ['-r', '100', '-png', '-singlefile', `${name}.pdf`, name]);
  const px = (mm: number) => Math.round((mm / 25.4) * 100);
  const { data, info } = await sharp(readFileSync(`${name}.png`))
    .extract({ left: px(code.leftMm), top: px(code.topMm), width: px(code.sizeMm), height: px(code.sizeMm) })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

describe('a poster with a code', () => {
  it('keeps its vectors and reads from the rendered page, on a dark ground', async () => {
    const upload = await darkPoster();
    const file = await drawn(upload);
    const again = await PDFDocument.load(file);
    expect(again.getPageCount()).toBe(1);
    expect(again.getPage(0).getWidth()).toBeCloseTo(841.89, 1);
    // No picture but the single pixel that stands for a logo.
    expect(
      Buffer.from(file)
        .toString('latin1')
        .match(/\/Subtype \/Image/g),
    ).toHaveLength(1);
    if (!hasPoppler) return;
    expect(await readByOthers(file, placement)).toBe(url);
    const folder = mkdtempSync(path.join(tmpdir(), 'poster-'));
    writeFileSync(path.join(folder, 'a.pdf'), file);
    const text = execFileSync('pdftotext', [path.join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
    expect(text).toContain('SPRING SALE');
    expect(text).toContain('陆家嘴店');
    if (process.env.POSTER_OUT) writeFileSync(process.env.POSTER_OUT, file);
  });

  it('does not leave without a patch on a dark ground', async () => {
    const file = await draw(await darkPoster(), { ...placement, hasPatch: false });
    expect(file).toMatchObject({ outcome: 'unreadable' });
  });

  it('does not leave with a speck of the poster on one of its light modules, which a reader mends', async () => {
    const picture = layOutPicture({ url, caption: null }, onPoster(designDefaults, placement), false);
    if ('refusal' in picture) throw new Error(picture.refusal.reason);
    const { matrix, moduleMm, design } = picture.picture;
    const { size, cells } = matrix;
    const light = cells.findIndex((cell, at) => cell === 0 && at > 10 * size && at % size > 10);
    const [x, y] = [light % size, Math.floor(light / size)];
    const speck = async (mm: number) => {
      const page = await PDFDocument.create();
      const [width, height] = [841.89, 1_190.55];
      const { code } = placement;
      const place = (at: number) => (at + design.quietZoneModules + 0.5) * moduleMm - mm / 2;
      const toPoints = (at: number) => (at * 72) / 25.4;
      page.addPage([width, height]).drawRectangle({
        x: toPoints(code.leftMm + place(x)),
        y: height - toPoints(code.topMm + place(y) + mm),
        width: toPoints(mm),
        height: toPoints(mm),
      });
      return draw(await page.save(), { ...placement, hasPatch: false });
    };
    expect(await speck(0.1)).toMatchObject({ outcome: 'drawn' });
    expect(await speck(moduleMm)).toEqual({
      outcome: 'unreadable',
      why: `The module at ${x} ${y} is not light`,
    });
  });

  it('stands where it was put on a page that is turned and does not begin at the origin', async () => {
    const upload = await PDFDocument.load(await darkPoster());
    const page = upload.getPage(0);
    page.setRotation(degrees(90));
    page.setCropBox(50, 40, 700, 1000);
    const file = await drawn(await upload.save(), {
      ...placement,
      code: { leftMm: 250, topMm: 150, sizeMm: 50 },
      line: null,
    });
    const again = await PDFDocument.load(file);
    expect(again.getPage(0).getWidth()).toBeCloseTo(1000, 1);
    if (!hasPoppler) return;
    expect(await readByOthers(file, { ...placement, code: { leftMm: 250, topMm: 150, sizeMm: 50 } })).toBe(
      url,
    );
  });

  it.each(['png', 'jpeg'] as const)('is made of a %s as well, at the size that it states', async (kind) => {
    const picture = await sharp({
      create: { width: 1_000, height: 1_500, channels: 3, background: '#202020' },
    })
      .withMetadata({ density: 100 })
      [kind]()
      .toBuffer();
    const { widthMm, heightMm } = await take(picture);
    expect(widthMm).toBeCloseTo(254, 0);
    expect(heightMm).toBeCloseTo(381, 0);
    const where = { ...placement, code: { leftMm: 150, topMm: 250, sizeMm: 40 }, line: null };
    expect((await drawn(picture, where)).length).toBeGreaterThan(1_000);
  });
});

describe('what is no poster', () => {
  const refusalOf = async (upload: Uint8Array) => {
    const answer = await takePoster(upload);
    return answer.outcome === 'refused' ? answer.refusal : null;
  };

  it('is refused with what is wrong', async () => {
    expect(await refusalOf(await darkPoster({ userPassword: 'x' }))).toEqual({ code: 'posterEncrypted' });
    const scripted = await PDFDocument.load(await darkPoster());
    scripted.addJavaScript('main', 'app.alert(1)');
    expect(await refusalOf(await scripted.save())).toEqual({ code: 'posterScripted' });
    const many = await PDFDocument.create();
    for (let at = 0; at < 500; at++) many.addPage([300, 300]);
    expect(await refusalOf(await many.save())).toEqual({ code: 'posterPages', pages: 500 });
    expect(await refusalOf(Buffer.from('%PDF-1.7 and nothing else'))).toEqual({ code: 'posterBroken' });
    expect(await refusalOf(Buffer.from('hello, this is a text'))).toEqual({ code: 'posterFormat' });
    expect(await refusalOf(Buffer.from('a'))).toMatchObject({ code: expect.stringMatching(/^poster/) });
  });
});
