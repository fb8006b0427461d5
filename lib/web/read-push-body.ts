import 'server-only';
import { maxPushBytes } from '../wechat';

/**
 * Reads the body of a push, of which no more is held than a push may have.
 *
 * @returns null for a longer one, of which the rest is not read; what breaks off is empty, and refused for that
 */
export async function readPushBody(request: Request): Promise<Uint8Array | null> {
  const { body, headers } = request;
  if (body === null) return new Uint8Array();
  const length = headers.get('content-length');
  if (Number(length ?? 0) > maxPushBytes) return null;
  try {
    // The server reads no more than was announced.
    if (length !== null) return new Uint8Array(await request.arrayBuffer());
    const chunks: Uint8Array[] = [];
    let held = 0;
    for await (const chunk of body) {
      held += chunk.length;
      if (held > maxPushBytes) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    return new Uint8Array();
  }
}
