import 'server-only';
import { createHash } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError, invalidField } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { logoBounds } from './logo-bounds';
import { keepLogoRow } from './logo-store';
import { rasteriseInWorker } from './rasterise-in-worker';
import type { LogoDto } from './types';

/**
 * Takes a logo in: a PNG, JPEG or SVG by its own bytes, drawn anew as a PNG in a thread without network. Only that is kept.
 *
 * @param upload  in pieces; reading stops beyond `logoBounds.maxBytes`
 * @throws AppError PAYLOAD_TOO_LARGE | BUSY
 * @throws AppError VALIDATION_FAILED  field `logo`: what is wrong with it, and what would be allowed
 */
export async function addLogo(
  ctx: Context,
  accountId: string,
  upload: AsyncIterable<Uint8Array>,
): Promise<LogoDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const answer = await rasteriseInWorker(await collect(upload));
  if (answer.outcome === 'refused') {
    const { code, ...params } = answer.refusal;
    throw invalidField('logo', code, `refused: ${code}`, params);
  }
  const { png, widthPx, heightPx } = answer;
  const sha256 = createHash('sha256').update(png).digest('hex');
  return ctx.db.$transaction(async (tx) => {
    const { row, isNew } = await keepLogoRow(tx, { accountId, sha256, png, widthPx, heightPx });
    if (isNew) {
      await recordAudit(ctx, tx, {
        action: 'design.addLogo',
        target: { kind: 'design', label: `${widthPx} × ${heightPx} px` },
        accountId,
        details: { logoId: row.id, sha256 },
      });
    }
    return row;
  });
}

async function collect(upload: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of upload) {
    length += piece.length;
    if (length > logoBounds.maxBytes) {
      const { maxBytes } = logoBounds;
      throw new AppError('PAYLOAD_TOO_LARGE', `a logo of more than ${maxBytes} bytes`, { maxBytes });
    }
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
