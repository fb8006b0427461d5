/** The key of `Authorization: Bearer KEY` (RFC 6750, 2.1); null when the header is missing or of another kind. */
export function readBearer(headers: Headers): string | null {
  return /^bearer +([\x21-\x7e]+) *$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}
