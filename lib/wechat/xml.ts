import { PushError } from './push-error';

export type XmlElement = { name: string; text: string; children: XmlElement[] };

const maxElements = 2000;
const maxDepth = 16;

/**
 * Reads the little XML that WeChat writes: elements, text, CDATA. Attributes are passed over.
 *
 * A parser of its own because of what it must not do: no DOCTYPE, no entities but the five of XML and character
 * references, no processing instructions after the declaration, no comments. One pass, linear in the length.
 *
 * @throws PushError doctypeRefused | malformedXml
 */
export function parseXml(source: string): XmlElement {
  const text = source.replace(/^\ufeff/, '');
  const document: OpenElement = { element: { name: '', text: '', children: [] }, raw: '', cdata: null };
  const open: OpenElement[] = [document];
  let elements = 0;
  let at = skipDeclaration(text);

  while (at < text.length) {
    const current = open.at(-1) ?? document;
    const tagStart = text.indexOf('<', at);
    const rawEnd = tagStart === -1 ? text.length : tagStart;
    current.raw += text.slice(at, rawEnd);
    if (tagStart === -1) break;

    if (text.startsWith('<![CDATA[', tagStart)) {
      const end = text.indexOf(']]>', tagStart);
      if (end === -1 || current === document) throw new PushError('malformedXml');
      current.cdata = (current.cdata ?? '') + text.slice(tagStart + 9, end);
      at = end + 3;
    } else if (text.startsWith('<!', tagStart) || text.startsWith('<?', tagStart)) {
      throw new PushError(
        /^<!(DOCTYPE|ENTITY)/i.test(text.slice(tagStart, tagStart + 9)) ? 'doctypeRefused' : 'malformedXml',
      );
    } else {
      const end = findTagEnd(text, tagStart + 1);
      const tag = readTag(text.slice(tagStart + 1, end));
      at = end + 1;
      if (tag.closes) {
        if (current === document || current.element.name !== tag.name) throw new PushError('malformedXml');
        closeElement(current);
        open.pop();
        continue;
      }
      elements += 1;
      const element: XmlElement = { name: tag.name, text: '', children: [] };
      current.element.children.push(element);
      if (elements > maxElements || open.length > maxDepth) throw new PushError('malformedXml');
      if (!tag.isEmpty) open.push({ element, raw: '', cdata: null });
    }
  }
  const [root, ...others] = document.element.children;
  if (open.length !== 1 || !root || others.length > 0 || document.raw.trim() !== '') {
    throw new PushError('malformedXml');
  }
  return root;
}

type OpenElement = { element: XmlElement; raw: string; cdata: string | null };

/** Beside CDATA and child elements, blanks are only layout. */
function closeElement({ element, raw, cdata }: OpenElement): void {
  const isLayout = raw.trim() === '' && (cdata !== null || element.children.length > 0);
  element.text = legalXmlText(isLayout ? (cdata ?? '') : decodeReferences(raw) + (cdata ?? ''));
}

function skipDeclaration(text: string): number {
  const start = text.length - text.trimStart().length;
  if (!/^<\?xml\s/.test(text.slice(start, start + 6))) return start;
  const end = text.indexOf('?>', start);
  if (end === -1) throw new PushError('malformedXml');
  return end + 2;
}

function findTagEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (quote) {
      if (letter === quote) quote = '';
    } else if (letter === '>') {
      return at;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
    } else if (letter === '<') {
      break;
    }
  }
  throw new PushError('malformedXml');
}

function readTag(inside: string): { name: string; closes: boolean; isEmpty: boolean } {
  const closes = inside.startsWith('/');
  const isEmpty = inside.endsWith('/');
  const name = /^[A-Za-z_][\w.-]{0,63}/.exec(closes ? inside.slice(1) : inside)?.[0];
  const rest = inside.slice((closes ? 1 : 0) + (name?.length ?? 0));
  const restIsSound = closes ? rest.trim() === '' : rest === '' || rest === '/' || /^\s/.test(rest);
  if (!name || !restIsSound) throw new PushError('malformedXml');
  return { name, closes, isEmpty };
}

const namedReferences: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decodeReferences(raw: string): string {
  return raw.replace(/&([^;&]{0,10})(;?)/g, (_whole, name: string, end: string) => {
    const named = namedReferences[name];
    if (end && named && Object.hasOwn(namedReferences, name)) return named;
    const digits = end ? /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) : null;
    const code = digits ? Number.parseInt(digits[1] ?? digits[2] ?? '', digits[1] ? 16 : 10) : -1;
    if (code < 1 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
      throw new PushError('malformedXml');
    return String.fromCodePoint(code);
  });
}

/** Drops the characters that XML forbids, NUL above all, which PostgreSQL cannot store. */
export function legalXmlText(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replace(/\p{Cs}/gu, '\ufffd');
}
