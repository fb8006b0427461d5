import 'server-only';
import type { ExportFile } from '../exports/read-export-file';
import type { ExportStream } from '../exports/stream-export';
import { log } from '../log';
import { toContentDisposition } from '../print/format';

const headersOf = ({ fileName, contentType }: { fileName: string; contentType: string }) => ({
  'content-type': contentType,
  'content-disposition': toContentDisposition('attachment', fileName),
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'private, no-store',
  // A proxy that gathers an answer before it hands it on would take the progress away.
  'x-accel-buffering': 'no',
});

/** The second one is for scripts/serve/keep-length.ts, which gives the first one back. */
const lengthHeaders = (bytes: number) => ({
  'content-length': String(bytes),
  'x-body-length': String(bytes),
});

/** An export that is made while it is sent; its length is told beforehand, and a failure breaks the connection. */
export function exportStreamResponse(stream: ExportStream): Response {
  const { notIssued, expired, expiring } = stream.leftOut;
  return new Response(bodyOf(stream.chunks), {
    headers: {
      ...headersOf(stream),
      ...(stream.bytes === null ? {} : lengthHeaders(stream.bytes)),
      'x-export-id': stream.exportId,
      'x-export-left-out': `notIssued=${notIssued}, expired=${expired}, expiring=${expiring}`,
    },
  });
}

/** Whether a request begins a download, and does not go on with one. */
export function isBegun({ method, headers }: Request): boolean {
  const range = headers.get('range');
  return method === 'GET' && (range === null || /^bytes=0-/.test(range));
}

/** A finished file, or the part of it that is asked for. RFC 9110, 13.1.5 and 14.2: one range, ETag, If-Range. */
export function exportFileResponse(request: Request, file: ExportFile): Response {
  const { headers } = request;
  const shared = {
    ...headersOf(file),
    'accept-ranges': 'bytes',
    etag: file.etag,
    'last-modified': file.madeAt.toUTCString(),
  };
  if (headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers: shared });
  const ifRange = headers.get('if-range');
  const isSame = ifRange === null || ifRange === file.etag;
  const range = isSame ? readRange(headers.get('range'), file.bytes) : null;
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { ...shared, 'content-range': `bytes */${file.bytes}` },
    });
  }
  const { start, end } = range ?? { start: 0, end: file.bytes };
  return new Response(request.method === 'HEAD' ? null : bodyOf(file.read(start, end)), {
    status: range === null ? 200 : 206,
    headers: {
      ...shared,
      ...lengthHeaders(end - start),
      ...(range === null ? {} : { 'content-range': `bytes ${start}-${end - 1}/${file.bytes}` }),
    },
  });
}

/** @returns null: the whole; a header of several ranges, or one that is none, counts as not there */
export function readRange(
  header: string | null,
  bytes: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!found) return null;
  const [, first = '', last = ''] = found;
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < start) return null;
  return start < end ? { start, end } : 'unsatisfiable';
}

/** Nothing is made before it is asked for, so memory holds what is under way and no more. */
function bodyOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await chunks.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          log().error({ err: error }, 'an export broke off');
          controller.error(error);
        }
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
