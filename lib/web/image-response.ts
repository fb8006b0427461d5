import { toContentDisposition } from '../print/format';
import type { ImageQuery } from '../print/schemas';

/** An SVG is a document: opened by its address, it may neither run nor load anything. */
const sandbox = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const headersOf = (contentType: string) => ({
  'content-type': contentType,
  'x-content-type-options': 'nosniff',
  'content-security-policy': sandbox,
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
});

/** The file of a symbol, shown or saved under its name. */
export function imageResponse(
  printed: { bytes: Uint8Array<ArrayBuffer>; contentType: string; fileName: string },
  { download }: Pick<ImageQuery, 'download'>,
): Response {
  const disposition = toContentDisposition(download ? 'attachment' : 'inline', printed.fileName);
  return new Response(printed.bytes, {
    headers: {
      ...headersOf(printed.contentType),
      'content-length': String(printed.bytes.byteLength),
      'content-disposition': disposition,
    },
  });
}

/** A picture that came from elsewhere, shown only when it says to be one that a browser merely paints. */
export function pictureResponse(picture: { bytes: Uint8Array; contentType: string }): Response {
  const isPainted = /^image\/(jpeg|png|gif)$/.test(picture.contentType);
  return new Response(new Uint8Array(picture.bytes), {
    headers: headersOf(isPainted ? picture.contentType : 'application/octet-stream'),
  });
}

/** A drawing to be shown on a page. */
export function svgResponse(
  bytes: Uint8Array<ArrayBuffer>,
  { maxAgeSeconds = 0 }: { maxAgeSeconds?: number } = {},
): Response {
  const headers = headersOf('image/svg+xml');
  return new Response(bytes, {
    headers: {
      ...headers,
      ...(maxAgeSeconds > 0 ? { 'cache-control': `private, max-age=${maxAgeSeconds}` } : {}),
    },
  });
}
