import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { LogoRefusedError, logoBounds } from './logo-bounds';

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

type Attributes = Readonly<Record<string, string>>;
type XmlNode = { readonly [name: string]: unknown };
type Element = { name: string; attributes: Attributes; children: readonly XmlNode[] };

const options = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  cdataPropName: CDATA,
} as const;

/** What runs, asks, or shows another document. */
const scripts = new Set(['script', 'handler', 'listener']);
const foreign = new Set(['foreignobject', 'iframe', 'object', 'embed', 'audio', 'video', 'canvas', 'html']);

/**
 * An SVG that draws and does nothing else, written anew from what was checked, so that the renderer reads no other document
 * than the one that was judged. Comments, the DOCTYPE and processing instructions are left out.
 *
 * References lead within the document only. A picture embedded as data is refused as well: it would be unpacked unseen.
 *
 * @throws LogoRefusedError  logoSvgScript, logoSvgForeign, logoSvgExternal, logoSvgEntities, logoSvgComplex or logoBroken
 */
export function cleanSvg(text: string): string {
  // Before anything parses it: an internal subset is where entities are declared, and a logo needs none.
  if (/<!ENTITY/i.test(text) || /<!DOCTYPE[^>[]*\[/i.test(text)) refuse('logoSvgEntities');
  if (/^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])/i.test(text)) refuse('logoBroken');
  if (/<\?xml-stylesheet/i.test(text)) refuse('logoSvgExternal');
  const roots = parse(text);
  const root = roots.find((node) => localName(nameOf(node)) === 'svg');
  if (!root || roots.filter((node) => isElement(nameOf(node))).length !== 1) refuse('logoBroken');
  const walk = new Walk();
  walk.enter(toElement(root), 0);
  walk.countUses();
  return new XMLBuilder({ ...options, suppressEmptyNode: true }).build([root]);
}

function parse(text: string): XmlNode[] {
  try {
    return new XMLParser({ ...options, ignoreDeclaration: true, ignorePiTags: true }).parse(
      text,
    ) as XmlNode[];
  } catch {
    throw new LogoRefusedError({ code: 'logoBroken' });
  }
}

function refuse(
  code: 'logoSvgScript' | 'logoSvgForeign' | 'logoSvgExternal' | 'logoSvgEntities' | 'logoBroken',
): never {
  throw new LogoRefusedError({ code });
}

const nameOf = (node: XmlNode) => Object.keys(node).find((name) => name !== ATTRIBUTES) ?? '';
const isElement = (name: string) => name !== '' && !name.startsWith('#') && !name.startsWith('?');
const localName = (name: string) => name.replace(/^.*:/, '').toLowerCase();

function toElement(node: XmlNode): Element {
  const name = nameOf(node);
  const children = node[name];
  return {
    name,
    attributes: (node[ATTRIBUTES] ?? {}) as Attributes,
    children: Array.isArray(children) ? children : [],
  };
}

/** Elements deeper than any drawing program nests them. */
const MAX_DEPTH = 64;

class Walk {
  #elements = 0;
  /** By id, how many elements it holds, itself included, and whom it repeats. */
  readonly #sizes = new Map<string, { elements: number; uses: string[] }>();
  readonly #uses: string[] = [];

  enter(element: Element, depth: number): void {
    const name = localName(element.name);
    if (scripts.has(name)) refuse('logoSvgScript');
    if (foreign.has(name)) refuse('logoSvgForeign');
    if (++this.#elements > logoBounds.maxSvgElements || depth > MAX_DEPTH) tooComplex();
    const before = { elements: this.#elements - 1, uses: this.#uses.length };
    this.#checkAttributes(name, element.attributes);
    for (const child of element.children) this.#enterChild(name, child, depth);
    const id = element.attributes.id;
    if (id !== undefined) {
      this.#sizes.set(decodeEntities(id), {
        elements: this.#elements - before.elements,
        uses: this.#uses.slice(before.uses),
      });
    }
  }

  #enterChild(parent: string, child: XmlNode, depth: number): void {
    const name = nameOf(child);
    if (isElement(name)) this.enter(toElement(child), depth + 1);
    if (isElement(name) || parent !== 'style') return;
    const [inner] = name === CDATA ? ((child[CDATA] as XmlNode[]) ?? []) : [child];
    const text = String(inner?.[TEXT] ?? '');
    checkCss(name === CDATA ? text : decodeEntities(text));
  }

  #checkAttributes(element: string, attributes: Attributes): void {
    for (const [name, raw] of Object.entries(attributes)) {
      const value = decodeEntities(String(raw));
      const local = localName(name);
      if (/^on/.test(local)) refuse('logoSvgScript');
      if (/javascript:/i.test(value.replace(/[\s\p{Cc}]/gu, ''))) refuse('logoSvgScript');
      if (local === 'base') refuse('logoSvgExternal');
      if (local === 'href' || local === 'src') {
        if (!value.trim().startsWith('#')) refuse('logoSvgExternal');
        // Whatever repeats by reference counts: use, a pattern's or gradient's template, a filter's picture.
        this.#uses.push(value.trim().slice(1));
      } else if (!/^xmlns(:|$)/.test(name)) checkCss(value);
      // An animation could set what was checked to something else.
      if (element === 'set' || element.startsWith('animate')) refuse('logoSvgScript');
    }
  }

  /** A dozen levels of `use`, each repeating the one below ten times, are a billion shapes in a kilobyte. */
  countUses(): void {
    const costs = new Map<string, number>();
    const costOf = (id: string, trail: Set<string>): number => {
      const known = costs.get(id);
      if (known !== undefined) return known;
      const target = this.#sizes.get(id);
      if (!target) return 0;
      if (trail.has(id)) tooComplex();
      trail.add(id);
      let cost = target.elements;
      for (const used of target.uses) {
        cost += costOf(used, trail);
        if (cost > logoBounds.maxSvgElements) tooComplex();
      }
      trail.delete(id);
      costs.set(id, cost);
      return cost;
    };
    let total = this.#elements;
    for (const id of this.#uses) {
      total += costOf(id, new Set());
      if (total > logoBounds.maxSvgElements) tooComplex();
    }
  }
}

function tooComplex(): never {
  throw new LogoRefusedError({ code: 'logoSvgComplex', max: logoBounds.maxSvgElements });
}

/** Style sheets, style attributes, and presentation attributes such as `fill="url(#a)"`. */
function checkCss(css: string): void {
  const plain = decodeCssEscapes(css.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '')).toLowerCase();
  if (/@import|@namespace|@font-face|image-set\(|-moz-binding|behavior\s*:|expression\s*\(/.test(plain)) {
    refuse('logoSvgExternal');
  }
  for (const [, target = ''] of plain.matchAll(/(?:url|src)\(\s*["']?([^"')]*)/g)) {
    if (!target.trim().startsWith('#')) refuse('logoSvgExternal');
  }
}

const decodeCssEscapes = (css: string) =>
  css
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) => fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/\\(.)/g, '$1');

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities that XML knows by itself, and numbers. Any other name was declared nowhere: no document. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|([^;\s]*));?/gi,
    (_, hex?: string, digits?: string, name?: string) => {
      if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
      if (digits !== undefined) return fromCodePoint(Number(digits));
      const sign = named[name ?? ''];
      if (sign === undefined) refuse('logoSvgEntities');
      return sign;
    },
  );
}

const fromCodePoint = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');
