import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError, invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { posterBounds } from './poster-bounds';
import { posterNameSchema } from './schemas';
import { countPosterRows, insertPosterRow } from './store';
import { takeInWorker } from './take-in-worker';
import { toPosterDto } from './to-poster-dto';
import type { PosterDto, PosterPlacement } from './types';

/**
 * Takes a finished poster in: a PDF of one page, a PNG or a JPEG. Its page is written anew; the upload is not kept.
 *
 * @param upload  in pieces; reading stops beyond `posterBounds.maxBytes`
 * @throws AppError PAYLOAD_TOO_LARGE | BUSY
 * @throws AppError VALIDATION_FAILED  field `poster`: what is wrong with it, and what would be allowed
 */
export async function addPoster(
  ctx: Context,
  accountId: string,
  name: string,
  upload: AsyncIterable<Uint8Array>,
): Promise<PosterDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const given = parseInput(posterNameSchema, name.slice(0, 100));
  if ((await countPosterRows(ctx.db, accountId)) >= posterBounds.most) {
    throw invalidField('poster', 'tooMany', 'too many posters are kept', { max: posterBounds.most });
  }
  const answer = await takeInWorker(await collect(upload));
  if (answer.outcome === 'refused') {
    const { code, ...params } = answer.refusal;
    throw invalidField('poster', code, `refused: ${code}`, params);
  }
  const { base, anchors, preview, widthMm, heightMm } = answer;
  const { actor } = ctx;
  const row = await ctx.db.$transaction(async (tx) => {
    const made = await insertPosterRow(tx, {
      ...{ accountId, name: given, widthMm, heightMm, base, anchors, preview },
      placement: firstPlacement(widthMm, heightMm),
      createdByName: actor.kind === 'stranger' ? '' : actor.name,
    });
    await recordAudit(ctx, tx, {
      action: 'poster.add',
      target: { kind: 'poster', id: made.id, label: given },
      accountId,
      details: { widthMm: Math.round(widthMm), heightMm: Math.round(heightMm) },
    });
    return made;
  });
  return toPosterDto(row);
}

/** At the lower right, a fifth of the width, with a margin around: where most posters have it. */
function firstPlacement(widthMm: number, heightMm: number): PosterPlacement {
  const least = Math.min(widthMm, heightMm);
  const sizeMm = Math.max(10, Math.min(Math.round(least / 5), 1_000));
  const margin = Math.round(least / 20);
  return {
    code: {
      leftMm: Math.max(0, Math.floor(widthMm - sizeMm - margin)),
      topMm: Math.max(0, Math.floor(heightMm - sizeMm - margin)),
      sizeMm,
    },
    hasPatch: true,
    line: null,
  };
}

async function collect(upload: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const { maxBytes } = posterBounds;
  for await (const piece of upload) {
    length += piece.length;
    if (length > maxBytes) {
      throw new AppError('PAYLOAD_TOO_LARGE', `a poster of more than ${maxBytes} bytes`, { maxBytes });
    }
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
