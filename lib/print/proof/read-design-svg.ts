import { type OutlineStep, placeOutline, ReadBackError } from '../../qr';
import { readShadedPng } from '../../qr/png';
import { toRgb } from '../contrast';
import { boundsOf, type Paint, type PaintedPage } from './paints';

/**
 * Reads back an SVG from its text alone: the ground, each path and the embedded logo, in the order in which they stand.
 *
 * @throws ReadBackError  any other element, or a way to paint that Illustrator and a RIP might take otherwise
 */
export function readDesignSvg(file: Uint8Array): PaintedPage {
  const text = new TextDecoder().decode(file);
  const root =
    /^<svg [^>]*width="([\d.]+)mm" height="([\d.]+)mm" viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>\n?/.exec(text);
  if (!root) throw new ReadBackError('The svg element does not state its size in mm and its viewBox');
  const [, width, height, across] = root.map(Number);
  const scale = (width ?? 0) / (across ?? 1);
  const paints: Paint[] = [];
  const texts: string[] = [];
  const body = text.slice(root[0].length).replace(/<title>[^<]*<\/title>/, '');
  for (const [element, name, attributes = ''] of body.matchAll(/<(\/?[a-zA-Z]+)((?:[^>"]|"[^"]*")*)>/g)) {
    if (name === '/svg') break;
    if (/clip|mask|transform|style|fill-rule|filter|opacity/.test(attributes.replace(/"[^"]*"/g, ''))) {
      throw new ReadBackError('The picture is clipped, masked, styled or transformed');
    }
    const value = (attribute: string) => new RegExp(`(?:^| )${attribute}="([^"]*)"`).exec(attributes)?.[1];
    if (name === 'image') paints.push(readImage(value, scale));
    else if (name === 'rect' || name === 'path') {
      const steps =
        name === 'path'
          ? parsePath(value('d') ?? '')
          : rectangle(Number(value('width')), Number(value('height')));
      const outline = placeOutline(steps, scale, 0, 0);
      paints.push({ kind: 'fill', outline, colour: readColour(value('fill')), bounds: boundsOf(outline) });
      const label = value('aria-label');
      if (label !== undefined) texts.push(label);
    } else throw new ReadBackError(`The element ${element.slice(0, 40)} has no place in a print file`);
  }
  return { widthMm: width ?? 0, heightMm: height ?? 0, paints, texts };
}

function readColour(colour: string | undefined) {
  if (colour && /^#[0-9a-f]{3}$/.test(colour)) return toRgb(colour.replace(/[0-9a-f]/g, '$&$&'));
  if (!colour || !/^#[0-9a-f]{6}$/.test(colour)) throw new ReadBackError('A shape has no plain colour');
  return toRgb(colour);
}

function readImage(value: (attribute: string) => string | undefined, scale: number): Paint {
  const data = /^data:image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(value('xlink:href') ?? '')?.[1];
  if (data === undefined) throw new ReadBackError('The logo is not embedded');
  const png = readShadedPng(Buffer.from(data, 'base64'));
  if (png.channels !== 3 || png.width !== png.height) throw new ReadBackError('The logo is not square RGB');
  return {
    kind: 'image',
    leftMm: Number(value('x')) * scale,
    topMm: Number(value('y')) * scale,
    sideMm: Number(value('width')) * scale,
    sidePx: png.width,
    rgb: png.data,
  };
}

const rectangle = (width: number, height: number): OutlineStep[] => [
  { op: 'M', x: 0, y: 0 },
  { op: 'L', x: width, y: 0 },
  { op: 'L', x: width, y: height },
  { op: 'L', x: 0, y: height },
  { op: 'Z' },
];

/** M, L, C, h, v and z in numbers; what our writers use and nothing else. */
function parsePath(path: string): OutlineStep[] {
  const steps: OutlineStep[] = [];
  let [x, y] = [0, 0];
  let end = 0;
  for (const command of path.matchAll(/([MLChvzZ])([-\d. ]*)/g)) {
    if (command.index !== end) throw new ReadBackError(`The path holds something unknown at ${end}`);
    end = command.index + command[0].length;
    const [, name, rest = ''] = command;
    const values = rest.trim() === '' ? [] : rest.trim().split(' ').map(Number);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values;
    if (values.some(Number.isNaN)) throw new ReadBackError(`The path holds something unknown at ${end}`);
    if (name === 'z' || name === 'Z') {
      steps.push({ op: 'Z' });
      continue;
    }
    if (name === 'C') {
      [x, y] = [e, f];
      steps.push({ op: 'C', x1: a, y1: b, x2: c, y2: d, x, y });
      continue;
    }
    if (name === 'h') x += a;
    else if (name === 'v') y += a;
    else [x, y] = [a, b];
    steps.push({ op: name === 'M' ? 'M' : 'L', x, y });
  }
  if (end !== path.length) throw new ReadBackError(`The path breaks off at ${end}`);
  return steps;
}
