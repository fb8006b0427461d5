import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../qr/png-crc';
import { type LogoRefusal, logoBounds } from './logo-bounds';
import { rasteriseLogo } from './rasterise-logo';

const svg = (inner: string, attributes = 'viewBox="0 0 24 24"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inner}</svg>`;
const circle = '<circle cx="12" cy="12" r="12" fill="#c00"/>';

async function refusalOf(upload: string | Uint8Array): Promise<LogoRefusal | null> {
  const answer = await rasteriseLogo(typeof upload === 'string' ? Buffer.from(upload) : upload);
  return answer.outcome === 'refused' ? answer.refusal : null;
}

async function taken(upload: string | Uint8Array) {
  const answer = await rasteriseLogo(typeof upload === 'string' ? Buffer.from(upload) : upload);
  if (answer.outcome !== 'taken') throw new Error(answer.refusal.code);
  return answer;
}

/** A PNG that says to be so large; its rows, all of one colour, pack into next to nothing. */
function bomb(side: number, rows: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((1 + Math.ceil(side / 8)) * rows), { level: 9 });
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a logo is taken', () => {
  it('from an SVG, drawn as large as it is kept whatever size it names', async () => {
    const { png, widthPx, heightPx } = await taken(svg(circle, 'viewBox="0 0 24 12" width="24" height="12"'));
    expect([widthPx, heightPx]).toEqual([1024, 512]);
    const { format, channels, depth } = await sharp(png).metadata();
    expect([format, channels, depth]).toEqual(['png', 4, 'uchar']);
    const { data } = await sharp(png)
      .extract({ left: 512, top: 256, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data]).toEqual([0xcc, 0, 0, 255]);
  });

  it('with what design programs write: DOCTYPE, comments, styles, gradients, use', async () => {
    const written = `<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->
      <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
      ${svg(`<style>.a { fill: url(#g) } /* @import */</style><defs><linearGradient id="g"><stop stop-color="#07c160"/></linearGradient>
        <path id="p" class="a" d="M0 0h24v24h-24z"/></defs><use xlink:href="#p"/><title>A &amp; B</title>`)}`;
    const { png } = await taken(written);
    const { data } = await sharp(png)
      .extract({ left: 9, top: 9, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data]).toEqual([0x07, 0xc1, 0x60, 255]);
  });

  it('from a JPEG as its camera held it, without what the camera wrote', async () => {
    const jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#0a7a43' } })
      .withExif({ IFD0: { Copyright: 'somebody', Orientation: '6' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { png, widthPx, heightPx } = await taken(jpeg);
    expect([widthPx, heightPx]).toEqual([200, 300]);
    const { exif, icc, orientation } = await sharp(png).metadata();
    expect([exif, icc, orientation]).toEqual([undefined, undefined, undefined]);
  });

  it('with fewer pixels where it would take too many bytes', async () => {
    const noise = Buffer.alloc(1024 * 1024 * 3);
    for (let at = 0, state = 1; at < noise.length; at++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      noise[at] = state >>> 24;
    }
    const png = await sharp(noise, { raw: { width: 1024, height: 1024, channels: 3 } })
      .png()
      .toBuffer();
    const kept = await taken(png);
    expect(kept.png.length).toBeLessThanOrEqual(logoBounds.maxKeptBytes);
    expect(kept.widthPx).toBe(512);
  });
});

describe('no logo is', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script of another prefix', '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'],
    ['a handler', '<rect width="9" height="9" onload="alert(1)"/>'],
    ['an address that runs', '<a xlink:href="#a"><rect fill="java&#115;cript:alert(1)"/></a>'],
    ['an animation of an address', '<a><set attributeName="href" to="http://a.example"/></a>'],
  ])('%s', async (_, inner) => {
    expect(await refusalOf(svg(inner))).toEqual({ code: 'logoSvgScript' });
  });

  it.each([
    ['a picture elsewhere', '<image href="http://a.example/b.png"/>'],
    ['a file of this machine', '<image xlink:href="file:///etc/passwd"/>'],
    [
      'a picture in the document, which would be unpacked unseen',
      '<image href="data:image/png;base64,AAAA"/>',
    ],
    ['a use of another document', '<use href="b.svg#a"/>'],
    ['a style sheet elsewhere', '<style>@import "http://a.example/b.css";</style>'],
    ['one in CDATA', '<style><![CDATA[@import url(http://a.example/b.css);]]></style>'],
    ['one behind an escape', '<style>@\\69mport "http://a.example/b.css";</style>'],
    ['a fill elsewhere', '<rect fill="url(http://a.example/#a)"/>'],
    ['one in a style', `<rect style="fill:url('//a.example/#a')"/>`],
    ['one behind entities', '<rect style="fill:&#117;rl(http://a.example/#a)"/>'],
    ['one behind a comment', '<rect style="fill:u/**/rl(http://a.example/#a)"/>'],
    ['another base', '<g xml:base="http://a.example/"><use href="#a"/></g>'],
    ['an inclusion', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'],
  ])('%s', async (_, inner) => {
    expect(await refusalOf(svg(inner))).toEqual({ code: 'logoSvgExternal' });
  });

  it('an SVG with a style sheet before it', async () => {
    const upload = `<?xml-stylesheet href="http://a.example/b.css"?>${svg(circle)}`;
    expect(await refusalOf(upload)).toEqual({ code: 'logoSvgExternal' });
  });

  it('a page within an SVG', async () => {
    const inner = '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">a</body></foreignObject>';
    expect(await refusalOf(svg(inner))).toEqual({ code: 'logoSvgForeign' });
  });

  it('a billion laughs, by entities or by use', async () => {
    const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
      '',
    );
    const entities = `<!DOCTYPE svg [<!ENTITY l0 "lol">${laughs}]>${svg('<text>&l9;</text>')}`;
    expect(await refusalOf(entities)).toEqual({ code: 'logoSvgEntities' });
    expect(await refusalOf(svg('<rect fill="&l9;"/>'))).toEqual({ code: 'logoSvgEntities' });

    const uses = Array.from(
      { length: 9 },
      (_, n) => `<g id="u${n + 1}">${`<use href="#u${n}"/>`.repeat(10)}</g>`,
    );
    const complex = { code: 'logoSvgComplex', max: logoBounds.maxSvgElements };
    expect(await refusalOf(svg(`<g id="u0">${circle}</g>${uses.join('')}<use href="#u9"/>`))).toEqual(
      complex,
    );
    expect(await refusalOf(svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'))).toEqual(
      complex,
    );
    expect(await refusalOf(svg('<g>'.repeat(100) + '</g>'.repeat(100)))).toEqual(complex);
  });

  it('a PNG of 20,000 pixels: the largest allowed is told', async () => {
    const png = await sharp({ create: { width: 20_000, height: 40, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await refusalOf(png)).toEqual({ code: 'logoPixels', widthPx: 20_000, heightPx: 40, max: 5_000 });
  });

  it('a JPEG of as many', async () => {
    const jpeg = await sharp({ create: { width: 40, height: 20_000, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer();
    expect(await refusalOf(jpeg)).toEqual({ code: 'logoPixels', widthPx: 40, heightPx: 20_000, max: 5_000 });
  });

  it('a decompression bomb, refused by its header', async () => {
    const png = bomb(60_000, 200);
    expect(png.length).toBeLessThan(10_000);
    expect(await refusalOf(png)).toMatchObject({ code: 'logoPixels', widthPx: 60_000 });
  });

  it('a picture whose header says less than its data unpack to: the rest is never unpacked', async () => {
    expect(await refusalOf(bomb(64, 2_000_000))).toBeNull();
  });

  it('a broken, an empty, an invisible or another file', async () => {
    const png = await sharp({ create: { width: 50, height: 50, channels: 3, background: '#123' } })
      .png()
      .toBuffer();
    expect(await refusalOf(png.subarray(0, 60))).toEqual({ code: 'logoBroken' });
    expect(await refusalOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2]))).toEqual({ code: 'logoBroken' });
    expect(await refusalOf('<svg xmlns="http://www.w3.org/2000/svg"><g></svg>')).toEqual({
      code: 'logoBroken',
    });
    expect(await refusalOf(svg(''))).toEqual({ code: 'logoEmpty' });
    expect(await refusalOf('GIF89a......')).toEqual({ code: 'logoFormat' });
    expect(await refusalOf('<html><body>svg</body></html>')).toEqual({ code: 'logoFormat' });
    expect(await refusalOf('')).toEqual({ code: 'logoFormat' });
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(svg(circle), 'utf16le')]);
    expect(await refusalOf(utf16)).toEqual({ code: 'logoFormat' });
  });
});
