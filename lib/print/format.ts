import { isRasterFormat, type PrintFormat, printExtensions } from './design-types';

/** Bytes of UTF-8 that a label may take; with what follows it stays under the 255 that Linux and macOS allow. */
const MAX_LABEL_BYTES = 120;

/** Names of devices on Windows, with or without something behind a dot. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(\.|$)/i;

/**
 * The name under which a code's file is saved: `label_mm50_600dpi.png`, `label_mm50_expires-2026-03-31.svg`.
 *
 * Safe on Windows, macOS and Linux. The expiry stands in the name because the print will outlive a temporary code.
 *
 * @param label      any text; what no file system takes is replaced, and an empty one becomes `code`
 * @param expiresOn  the account's local date (YYYY-MM-DD) on which a temporary code ends; null for a permanent one
 */
export function toImageFileName(image: {
  label: string;
  format: PrintFormat;
  sizeMm: number;
  dotsPerInch: number;
  expiresOn: string | null;
}): string {
  const parts = [toSafeName(image.label), `mm${image.sizeMm}`];
  if (isRasterFormat(image.format)) parts.push(`${image.dotsPerInch}dpi`);
  if (image.expiresOn !== null) parts.push(`expires-${image.expiresOn}`);
  return `${parts.join('_')}.${printExtensions[image.format]}`;
}

/**
 * A text as a part of a file name: NFC, no separators, controls or invisible marks, no device of Windows, never empty.
 *
 * @param maxBytes  of UTF-8; the sign that keeps a device's name apart comes on top
 */
export function toSafeName(text: string, maxBytes = MAX_LABEL_BYTES): string {
  const name = text
    .normalize('NFC')
    // Cc controls, Cf invisible and direction marks, Cs halves of pairs, Zl and Zp line ends, Co and Cn what no font shows.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, '')
    .replace(/[<>:"/\\|?*%]/g, '-')
    .replace(/\s+/g, ' ');
  const cut = trimEdges(cutToBytes(trimEdges(name), maxBytes));
  if (cut === '') return 'code';
  return RESERVED.test(cut) ? `_${cut}` : cut;
}

// Windows drops dots and spaces at the end, a Unix shell hides what begins with a dot, and a leading - or ~ means something there,
// as =, + and @ do in the table that names the file.
const trimEdges = (name: string) => name.replace(/^[\s.~=+@＝＋－＠-]+|[\s.]+$/g, '');

function cutToBytes(text: string, maxBytes: number): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += encoder.encode(segment).length;
    if (bytes > maxBytes) break;
    cut += segment;
  }
  return cut;
}

/**
 * The value of Content-Disposition for a file name of any script.
 *
 * RFC 6266: the plain name for old clients, in ASCII, and the real one in UTF-8 beside it.
 */
export function toContentDisposition(disposition: 'attachment' | 'inline', fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]+/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${disposition}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
