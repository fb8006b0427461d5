import { AppError } from '../errors';

/** The longest JSON body that is read, in bytes. */
export const MAX_JSON_BYTES = 1_048_576;

/**
 * Reads the JSON body of a request, of which no more is held than is allowed.
 *
 * @returns undefined when there is no body at all
 * @throws AppError PAYLOAD_TOO_LARGE  said, or found, to be longer than `maxBytes`
 * @throws AppError UNSUPPORTED_MEDIA_TYPE  a body that is not said to be JSON in UTF-8, or is compressed
 * @throws AppError VALIDATION_FAILED  not JSON
 */
export async function readJsonBody(request: Request, maxBytes = MAX_JSON_BYTES): Promise<unknown> {
  const { body, headers } = request;
  if (body === null || headers.get('content-length') === '0') return undefined;
  const type = headers.get('content-type');
  if (type !== null) requireJson(type);
  const coding = headers.get('content-encoding');
  if (coding !== null && coding !== 'identity') throw unsupported(`content-encoding ${coding}`);
  if (Number(headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);

  const bytes = await readBounded(body, maxBytes);
  if (bytes.length === 0) return undefined;
  if (type === null) throw unsupported('no content-type');
  return parseJson(bytes);
}

function requireJson(type: string): void {
  const [mime = '', ...parameters] = type.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  const isUtf8 = charset === undefined || /^"?utf-?8"?$/.test(charset);
  if (mime !== 'application/json' || !isUtf8) throw unsupported(`content-type ${type.slice(0, 100)}`);
}

function unsupported(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA_TYPE', `wanted: application/json; got: ${what}`);
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `more than ${maxBytes} bytes`, { maxBytes });
}

async function readBounded(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
}

function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notJson('the body is not UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the body, which may hold a secret.
    throw notJson('the body is not JSON');
  }
}

function notJson(why: string): AppError {
  return new AppError('VALIDATION_FAILED', why, {
    fields: [{ field: '', code: 'notJson', message: 'the body is not valid JSON' }],
  });
}
