import { inflateSync } from 'node:zlib';
import { ReadBackError } from '../../qr';
import type { PaintedPage } from './paints';
import { type EmbeddedImage, readContent } from './read-content';

const MM_PER_POINT = 25.4 / 72;
const MAX_STREAM_BYTES = 64 * 2 ** 20;

/**
 * Reads back a PDF of one page: its cross-reference table, the boxes, and the operators of its content.
 *
 * @throws ReadBackError
 */
export function readPdf(file: Uint8Array): PaintedPage {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const objects = readObjects(bytes);
  const page = [...objects.values()].find(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary));
  if (!page) throw new ReadBackError('There is no page');
  const contents = objects.get(Number(/\/Contents (\d+) 0 R/.exec(page.dictionary)?.[1]));
  if (!contents?.stream) throw new ReadBackError('The page has no content');
  const images = new Map<string, EmbeddedImage>();
  const logo = /\/XObject << \/Logo (\d+) 0 R/.exec(page.dictionary)?.[1];
  if (logo !== undefined) images.set('Logo', readImage(objects.get(Number(logo))));
  const { width, height } = readTrim(page.dictionary);
  return {
    widthMm: width * MM_PER_POINT,
    heightMm: height * MM_PER_POINT,
    ...readContent(contents.stream.toString('latin1'), height, images),
  };
}

type PdfObject = { dictionary: string; stream: Buffer | null };

function readObjects(bytes: Buffer): Map<number, PdfObject> {
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(bytes.toString('latin1', bytes.length - 64))?.[1]);
  const table = Number.isNaN(start) ? '' : bytes.toString('latin1', start);
  if (!table.startsWith('xref\n'))
    throw new ReadBackError('The cross-reference table is not where it should be');
  const objects = new Map<number, PdfObject>();
  [...table.matchAll(/^(\d{10}) \d{5} ([nf]) $/gm)].forEach(([, offset, kind], number) => {
    if (kind === 'n') objects.set(number, readObject(bytes, Number(offset), number));
  });
  return objects;
}

/** @throws ReadBackError  another object stands there, or its stream is not as long as it says */
export function readObject(bytes: Buffer, offset: number, number: number): PdfObject {
  const head = `${number} 0 obj\n`;
  if (bytes.toString('latin1', offset, offset + head.length) !== head) {
    throw new ReadBackError(`Object ${number} is not at ${offset}`);
  }
  const end = bytes.indexOf('endobj', offset);
  const streamAt = bytes.indexOf('stream\n', offset);
  if (streamAt === -1 || streamAt > end) {
    return { dictionary: bytes.toString('latin1', offset + head.length, end), stream: null };
  }
  const dictionary = bytes.toString('latin1', offset + head.length, streamAt);
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
  const from = streamAt + 'stream\n'.length;
  if (bytes.toString('latin1', from + length, from + length + 10) !== '\nendstream') {
    throw new ReadBackError(`The stream of object ${number} is not ${length} bytes long`);
  }
  return {
    dictionary,
    stream: inflateSync(bytes.subarray(from, from + length), { maxOutputLength: MAX_STREAM_BYTES }),
  };
}

function readImage(object: PdfObject | undefined): EmbeddedImage {
  const side = Number(/\/Width (\d+) /.exec(object?.dictionary ?? '')?.[1]);
  if (!object?.stream || object.stream.length !== side * side * 3) {
    throw new ReadBackError('The logo has not as many pixels as it says');
  }
  return { sidePx: side, rgb: object.stream };
}

function readTrim(dictionary: string): { width: number; height: number } {
  const [left = 0, bottom = 0, right = 0, top = 0] =
    /\/TrimBox \[([^\]]+)\]/.exec(dictionary)?.[1]?.split(' ').map(Number) ?? [];
  if (left !== 0 || bottom !== 0) throw new ReadBackError('A page of one symbol begins at its corner');
  return { width: right, height: top };
}
