import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { designDefaults } from './design-schemas';
import { drawSheetPage, provePage } from './draw-sheet-page';
import { layOutPicture, type Picture } from './drawing/picture';
import { labelPlace, planSheet } from './plan-sheet';

const urls = [
  'http://weixin.qq.com/q/02aaaaaaaaaaaaaaaaaaaaaa',
  'http://weixin.qq.com/q/02bbbbbbbbbbbbbbbbbbbbbb',
];
const design = { ...designDefaults, sizeMm: 25, caption: { template: '{label}', textMm: 2.4, maxLines: 1 } };
const sheet = { kind: 'stock', stock: 'L7160', cropMarks: false, bleedMm: 0, startAt: 1, copies: 1 } as const;

function plan() {
  const planned = planSheet(sheet, design);
  if ('refusal' in planned) throw new Error(planned.refusal.reason);
  return planned.layout;
}
const layout = plan();

function layOut(url: string, caption: string): Picture {
  const laidOut = layOutPicture({ url, caption }, design, false);
  if ('refusal' in laidOut) throw new Error(laidOut.refusal.reason);
  return laidOut.picture;
}

const place = (picture: Picture, label: number) => {
  const { leftMm, topMm } = labelPlace(layout, label);
  return {
    picture,
    leftMm: leftMm + (layout.labelWidthMm - 25) / 2,
    topMm: topMm + (layout.labelHeightMm - picture.height * picture.moduleMm) / 2,
  };
};

async function drawPage(): Promise<string> {
  const labels = urls.map((url, label) => ({ label, item: { url, caption: `店 ${label}` } }));
  const answer = await drawSheetPage({ layout, design, logo: null, labels });
  if (answer.outcome !== 'drawn') throw new Error(answer.outcome);
  expect(answer.texts).toEqual(urls);
  return inflateSync(answer.content).toString('latin1');
}

const prove = (content: string, pictures: Picture[]) =>
  provePage(deflateSync(Buffer.from(content, 'latin1')), layout, pictures.map(place), null);

describe('the proof of a page', () => {
  const pictures = urls.map((url, label) => layOut(url, `店 ${label}`));

  it('passes the page as it was drawn', async () => {
    await expect(prove(await drawPage(), pictures)).resolves.toMatchObject({ texts: urls });
  });

  it('fails when two codes have changed places', async () => {
    const swapped = [layOut(urls[1] ?? '', '店 0'), layOut(urls[0] ?? '', '店 1')];
    await expect(prove(await drawPage(), swapped)).rejects.toThrow(/another text/);
  });

  it('fails when two captions have changed places', async () => {
    const swapped = [layOut(urls[0] ?? '', '店 1'), layOut(urls[1] ?? '', '店 0')];
    await expect(prove(await drawPage(), swapped)).rejects.toThrow(/another caption/);
  });

  it('fails when something lies over a quiet zone', async () => {
    const { leftMm, topMm } = place(pictures[0] ?? layOut(urls[0] ?? '', ''), 0);
    const points = [leftMm + 1, layout.pageHeightMm - topMm - 1, 3, 0.3].map((mm) => (mm * 72) / 25.4);
    const content = `${await drawPage()}0 0 0 1 k\n${points.join(' ')} re\nf\n`;
    await expect(prove(content, pictures)).rejects.toThrow(/quiet zone/);
  });

  it('fails when a single module is painted over, which the reader mends', async () => {
    const first = pictures[0] ?? layOut(urls[0] ?? '', '');
    const { leftMm, topMm } = place(first, 0);
    const { size, cells } = first.matrix;
    const light = cells.findIndex((cell, at) => cell === 0 && at > 10 * size && at % size > 10);
    const [x, y] = [light % size, Math.floor(light / size)];
    const quiet = first.design.quietZoneModules;
    for (const part of [1, 0.6]) {
      const side = part * first.moduleMm;
      const left = leftMm + (x + quiet) * first.moduleMm;
      const top = layout.pageHeightMm - topMm - (y + quiet) * first.moduleMm;
      const mm = [left, top - side, side, side].map((value) => ((value * 72) / 25.4).toFixed(4));
      const content = `${await drawPage()}0 0 0 1 k\n${mm.join(' ')} re\nf\n`;
      await expect(prove(content, pictures)).rejects.toThrow(`The module at ${x} ${y} is not light`);
    }
  });

  it('fails when many modules are painted over, or half of one more: what lies across the grid is seen as a camera sees it', async () => {
    const first = pictures[0] ?? layOut(urls[0] ?? '', '');
    const { leftMm, topMm } = place(first, 0);
    const cover = (modules: number) => {
      const at = (first.design.quietZoneModules + 9) * first.moduleMm;
      const side = modules * first.moduleMm;
      const mm = [leftMm + at, layout.pageHeightMm - topMm - at - side, side, side];
      return `0 0 0 1 k\n${mm.map((value) => ((value * 72) / 25.4).toFixed(4)).join(' ')} re\nf\n`;
    };
    const content = await drawPage();
    await expect(prove(content + cover(16), pictures)).rejects.toThrow(/No symbol/);
    await expect(prove(content + cover(16.5), pictures)).rejects.toThrow(/No symbol/);
  });

  it('fails when a symbol is missing, or painted in a way that is not known', async () => {
    const content = await drawPage();
    await expect(prove(content.replace('0 0 0 1 k', '0 0 0 0 k'), pictures)).rejects.toThrow(
      /not where it should be/,
    );
    await expect(prove(`${content}0 0 10 10 re W n\n`, pictures)).rejects.toThrow(/operator W/);
  });
});

describe('planSheet', () => {
  it('names the widest symbol that goes onto a label', () => {
    const plan = planSheet(sheet, { ...design, sizeMm: 60 });
    if (!('refusal' in plan)) throw new Error('it was not refused');
    const { reason, largestMm } = plan.refusal;
    expect(reason).toBe('symbolTooLarge');
    expect(planSheet(sheet, { ...design, sizeMm: largestMm })).toHaveProperty('layout');
    expect(planSheet(sheet, { ...design, sizeMm: largestMm + 0.2 })).toHaveProperty('refusal');
  });

  it('refuses a bleed that reaches into the next label', () => {
    expect(planSheet({ ...sheet, bleedMm: 3 }, design)).toMatchObject({
      refusal: { reason: 'bleedTooWide' },
    });
  });
});
