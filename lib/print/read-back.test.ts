import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { scanGrayBuffer } from '@undecaf/zbar-wasm';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOrInstallBrowser } from '../../scripts/test/browser.mjs';
import { findOrInstallTool, type PrintTool } from '../../scripts/test/print-tools.mjs';
import { designDefaults } from './design-schemas';
import type { LogoImage, PrintDesignSettings, PrintFormat } from './design-types';
import { drawCodes } from './draw-codes';
import { closeDrawPool } from './draw-pool';
import { labelPlace, planSheet } from './plan-sheet';
import type { SheetSettings } from './sheet-types';
import { writeSheet } from './write-sheet';

/** Everything is read here by programs that share no code with the app: zbar, libvips, poppler, Ghostscript, Chromium. */
const url = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5x';
const DPI = 300;
const folder = mkdtempSync(path.join(os.tmpdir(), 'qudao-read-back-'));
const isRoot = process.getuid?.() === 0;

const caption = { template: '{label}', textMm: 2.4, maxLines: 2 };
const designs: Record<string, PrintDesignSettings> = {
  plain: designDefaults,
  rounded: { ...designDefaults, moduleShape: 'rounded', finderStyle: 'rounded', caption },
  dots: { ...designDefaults, moduleShape: 'dot', finderStyle: 'rounded' },
  coloured: { ...designDefaults, foreground: '#0b3d24', background: '#f4f1e8', caption },
  logo: {
    ...designDefaults,
    errorCorrection: 'H',
    moduleShape: 'rounded',
    logo: { id: 'green', sizePercent: 24 },
    caption,
  },
};

let logo: LogoImage;

beforeAll(async () => {
  const disc =
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><circle cx="100" cy="100" r="100" fill="#0a7a43"/></svg>';
  logo = { id: 'green', png: new Uint8Array(await sharp(Buffer.from(disc)).png().toBuffer()) };
});

afterAll(async () => {
  await closeDrawPool();
  rmSync(folder, { recursive: true, force: true });
});

/** A machine where nothing may be installed goes without; one where we may install must have it. */
const needs = (tool: PrintTool) => {
  const file = findOrInstallTool(tool);
  return { file: file ?? tool, isAbsent: file === null && !isRoot };
};

async function draw(
  design: PrintDesignSettings,
  format: PrintFormat,
  text: string | null = '上海徐家汇店（9号线）',
) {
  const [drawn] = await drawCodes({
    format,
    design,
    logo: design.logo ? logo : null,
    items: [{ url, caption: design.caption ? text : null, title: '徐家汇 <1>' }],
  });
  if (!drawn) throw new Error('nothing was drawn');
  return drawn;
}

async function readWithZbar(picture: Sharp): Promise<string[]> {
  const { data, info } = await picture
    .flatten({ background: '#ffffff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const symbols = await scanGrayBuffer(new Uint8Array(data).buffer, info.width, info.height);
  return symbols.map((symbol) => symbol.decode());
}

function save(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

describe.each(Object.entries(designs))('a design, %s,', (name, design) => {
  it('is read by zbar from its PNG, of the size it states', async () => {
    const { bytes, widthPx, heightPx } = await draw(design, 'png');
    const picture = sharp(bytes);
    const { width, height, density } = await picture.metadata();
    expect({ width, height }).toEqual({ width: widthPx, height: heightPx });
    expect(((widthPx ?? 0) / (density ?? 1)) * 25.4).toBeCloseTo(50, 0);
    expect(await readWithZbar(picture)).toEqual([url]);
  });

  it('is read by zbar from its TIFF, unpacked by libtiff', async () => {
    const { bytes } = await draw(design, 'tiff');
    const { bitsPerSample } = await sharp(bytes).metadata();
    expect(bitsPerSample).toBe(design.logo ? 8 : 1);
    expect(await readWithZbar(sharp(bytes))).toEqual([url]);
  });

  const pdftoppm = needs('pdftoppm');
  it.skipIf(pdftoppm.isAbsent)('is read by zbar from its PDF, drawn by poppler', async () => {
    const { bytes, widthMm, heightMm } = await draw(design, 'pdf');
    const file = save(`${name}.pdf`, bytes);
    execFileSync(pdftoppm.file, ['-r', String(DPI), '-png', '-singlefile', file, file]);
    const picture = sharp(`${file}.png`);
    const { width = 0, height = 0 } = await picture.metadata();
    expect(width).toBe(Math.ceil((widthMm / 25.4) * DPI));
    expect(Math.abs(height - (heightMm / 25.4) * DPI)).toBeLessThan(1.01);
    expect(await readWithZbar(picture)).toEqual([url]);
  });

  const gs = needs('gs');
  it.skipIf(gs.isAbsent)('is read by zbar from its EPS, drawn by Ghostscript', async () => {
    const file = save(`${name}.eps`, (await draw(design, 'eps')).bytes);
    const out = `${file}.png`;
    execFileSync(gs.file, [
      '-q',
      '-dNOPAUSE',
      '-dBATCH',
      '-dSAFER',
      '-dEPSCrop',
      '-sDEVICE=png16m',
      `-r${DPI}`,
      `-sOutputFile=${out}`,
      file,
    ]);
    expect(await readWithZbar(sharp(out))).toEqual([url]);
  });
});

describe('a caption', () => {
  it('is found by a search in a PDF, whose letters are outlines', async () => {
    const pdftotext = needs('pdftotext');
    if (pdftotext.isAbsent) return;
    const { bytes, captionLines, missingSigns } = await draw(
      { ...designDefaults, caption },
      'pdf',
      '龘 徐家汇旗舰店 "A"\n有效期至 2026-12-31',
    );
    const text = execFileSync(pdftotext.file, [save('caption.pdf', bytes), '-'], { encoding: 'utf8' });
    expect(captionLines).toEqual(['龘 徐家汇旗舰店 "A"', '有效期至 2026-12-31']);
    expect(text.trim().split('\n')).toEqual(captionLines);
    expect(missingSigns).toEqual([]);
    expect(Buffer.from(bytes).includes('/FontFile')).toBe(false);
  });

  it('shows a box for what the font lacks, and says so', async () => {
    const { missingSigns } = await draw({ ...designDefaults, caption }, 'svg', '店 😀 A');
    expect(missingSigns).toEqual(['😀']);
  });

  it('keeps the last line, where the expiry stands, when the label is long', async () => {
    const { captionLines } = await draw(
      { ...designDefaults, caption },
      'svg',
      `${'上海徐家汇旗舰店'.repeat(6)}\n至 2026-12-31`,
    );
    expect(captionLines).toHaveLength(2);
    expect(captionLines[0]).toMatch(/…$/);
    expect(captionLines[1]).toBe('至 2026-12-31');
  });
});

describe('black', () => {
  const gs = needs('gs');
  it.skipIf(gs.isAbsent).each(['pdf', 'eps'] as const)('is one ink in a %s, all of it K', async (format) => {
    const file = save(`ink.${format}`, (await draw({ ...designDefaults, caption }, format)).bytes);
    const inks = execFileSync(gs.file, ['-q', '-o', '-', '-sDEVICE=inkcov', '-dEPSCrop', file], {
      encoding: 'utf8',
    });
    const [cyan, magenta, yellow, black] = inks.trim().split(/\s+/).map(Number);
    expect([cyan, magenta, yellow]).toEqual([0, 0, 0]);
    expect(black).toBeGreaterThan(0.1);
  });
});

describe('an SVG', () => {
  it('is read by zbar as Chromium draws it at 300 dpi, in every design', { timeout: 240_000 }, async () => {
    const executablePath = await findOrInstallBrowser();
    if (executablePath === null) throw new Error('No Chromium could be found or installed');
    const browser = await chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
    try {
      const page = await browser.newPage({ deviceScaleFactor: DPI / 96 });
      for (const [name, design] of Object.entries(designs)) {
        const { bytes } = await draw(design, 'svg');
        await page.setContent(`<body style="margin:0">${new TextDecoder().decode(bytes)}</body>`);
        const picture = await page.locator('svg').screenshot();
        const { width = 0 } = await sharp(picture).metadata();
        expect(Math.abs(width - (50 / 25.4) * DPI), name).toBeLessThan(3);
        expect(await readWithZbar(sharp(picture)), name).toEqual([url]);
      }
    } finally {
      await browser.close();
    }
  });
});

describe('a sheet', () => {
  const pdftoppm = needs('pdftoppm');
  const pdftotext = needs('pdftotext');
  const items = Array.from({ length: 14 }, (_, at) => ({
    url: `${url.slice(0, -2)}${String(at).padStart(2, '0')}`,
    caption: `徐家汇 ${at}`,
  }));

  const common = { cropMarks: true, bleedMm: 0, startAt: 1, copies: 1 };
  it.skipIf(pdftoppm.isAbsent).each<[string, SheetSettings, Partial<PrintDesignSettings>]>([
    [
      'label stock from label 5, two copies',
      { kind: 'stock', stock: 'L7160', ...common, cropMarks: false, startAt: 5, copies: 2 },
      {},
    ],
    [
      'a grid with crop marks and bleed',
      { kind: 'grid', page: 'a4', columns: 3, rows: 4, marginMm: 14, gapMm: 8, ...common, bleedMm: 3 },
      { background: '#f4e8c8', moduleShape: 'rounded' },
    ],
    ['Letter stock', { kind: 'stock', stock: '5163', ...common, cropMarks: false }, { moduleShape: 'dot' }],
  ])('has the right symbol and caption on each label: %s', async (name, sheet, change) => {
    const design = { ...designDefaults, sizeMm: 25, caption, ...change };
    const plan = planSheet(sheet, design);
    if ('refusal' in plan) throw new Error(plan.refusal.reason);
    const { layout, labelsPerPage } = plan;
    const parts: Uint8Array[] = [];
    for await (const part of writeSheet({ layout, design, logo: null, title: name }, items)) parts.push(part);
    const file = save(`sheet-${sheet.kind}.pdf`, Buffer.concat(parts));
    execFileSync(pdftoppm.file, ['-r', String(DPI), '-png', file, file.slice(0, -4)]);

    const labels = items.flatMap((item) => Array.from({ length: sheet.copies }, () => item));
    const pages = Math.ceil((labels.length + sheet.startAt - 1) / labelsPerPage);
    const toPx = (mm: number) => Math.round((mm / 25.4) * DPI);
    for (const [at, item] of labels.entries()) {
      const position = at + sheet.startAt - 1;
      const pageFile = `${file.slice(0, -4)}-${Math.floor(position / labelsPerPage) + 1}.png`;
      const { leftMm, topMm } = labelPlace(layout, position % labelsPerPage);
      const label = sharp(pageFile).extract({
        left: toPx(leftMm),
        top: toPx(topMm),
        width: toPx(layout.labelWidthMm),
        height: toPx(layout.labelHeightMm),
      });
      expect(await readWithZbar(label), `label ${position}`).toEqual([item.url]);
    }
    const text = execFileSync(pdftotext.file, [file, '-'], { encoding: 'utf8' });
    expect(text.match(/徐家汇 \d+/g)).toHaveLength(labels.length);
    expect(text.split('\f').length - 1).toBe(pages);
    for (const page of Array.from({ length: pages }, (_, at) => at + 1)) {
      expect(readFileSync(`${file.slice(0, -4)}-${page}.png`).length).toBeGreaterThan(0);
    }
  });
});
