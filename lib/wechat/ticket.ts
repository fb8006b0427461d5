export type TicketContents = {
  /** What the symbol holds: `http://weixin.qq.com/q/…` */
  url: string;
  createdAt: Date;
  /** Null: permanent. */
  validitySeconds: number | null;
};

const headerLength = 12;
const tagUrl = 1;
const tagCreatedAt = 2;
const tagValidity = 3;

/**
 * Looks into a ticket, or answers null when it is not one of the known form.
 *
 * The form is undocumented (found by taking public tickets apart): use it to recover a lost url or to cross-check an
 * expiry, never to decide. 12 bytes of header (81 01, one varying, EE…F0, payload length as 8 bytes), then
 * type-length-value fields; numbers are little-endian. Base64 in either alphabet, with or without padding.
 */
export function readTicket(ticket: string): TicketContents | null {
  if (ticket.length > 512 || !/^gQ[A-Za-z0-9+/_-]+={0,2}$/.test(ticket)) return null;
  const bytes = Buffer.from(ticket, 'base64');
  if (bytes.length < headerLength || bytes[0] !== 0x81 || bytes[1] !== 0x01) return null;
  if (bytes.readBigUInt64LE(4) !== BigInt(bytes.length - headerLength)) return null;

  const fields = readFields(bytes.subarray(headerLength));
  const url = fields?.get(tagUrl);
  const createdAt = readSeconds(fields?.get(tagCreatedAt));
  const validity = readSeconds(fields?.get(tagValidity));
  if (!url || createdAt === null || validity === null) return null;
  return {
    url: url.toString('latin1').replace(/\0+$/, ''),
    createdAt: new Date(createdAt * 1000),
    validitySeconds: toValidity(validity, createdAt),
  };
}

function readFields(payload: Buffer): Map<number, Buffer> | null {
  const fields = new Map<number, Buffer>();
  let at = 0;
  while (at < payload.length) {
    const tag = payload[at];
    const length = payload[at + 1];
    if (tag === undefined || length === undefined || at + 2 + length > payload.length) return null;
    fields.set(tag, payload.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return fields;
}

function readSeconds(bytes: Buffer | undefined): number | null {
  return bytes?.length === 4 ? bytes.readUInt32LE(0) : null;
}

/** Tickets of 2014 hold the moment of expiry here, later ones the seconds that the code lives. */
function toValidity(value: number, createdAt: number): number | null {
  if (value === 0) return null;
  return value >= createdAt ? value - createdAt : value;
}
