import 'server-only';
import { AppError, invalidField } from '../errors';
import type { DesignRefusal, DrawCodesRequest, DrawnCode } from './design-types';
import { runDrawTask } from './draw-pool';

/**
 * Draws symbols for print by one design and reads each finished file back, all in a worker thread.
 *
 * A file that comes out of here states the size asked for, has a free quiet zone, and was decoded by an independent reader to
 * exactly its url. A few dozen items a call keep the threads busy; the answers stand in the order of the items.
 *
 * @param signal  ends the work when the client goes away
 * @throws AppError IMAGE_OUT_OF_BOUNDS  size, dpi, level and quiet zone do not go together; `details`: `reason` is tooLarge or
 *   tooSmall, `smallestMm` and `largestMm` are what does
 * @throws AppError VALIDATION_FAILED  a logo is larger than these symbols bear
 * @throws AppError BUSY              more wait than will be drawn in good time
 * @throws AppError IMAGE_UNREADABLE  a file did not prove itself; nothing of the call is handed out
 */
export async function drawCodes(request: DrawCodesRequest, signal?: AbortSignal): Promise<DrawnCode[]> {
  const answers = await runDrawTask('drawAndProveAll', request, signal);
  return answers.map((answer) => {
    if (answer.outcome === 'refused') throw toRefusal(request, answer.refusal);
    if (answer.outcome === 'unreadable') {
      throw new AppError('IMAGE_UNREADABLE', `A drawn ${request.format} did not prove itself: ${answer.why}`);
    }
    const { outcome: _, ...drawn } = answer;
    return drawn;
  });
}

/** What a service throws when `checkDesign` has an objection. */
export function toRefusal({ design }: Pick<DrawCodesRequest, 'design'>, refusal: DesignRefusal): AppError {
  const { sizeMm, dotsPerInch } = design;
  switch (refusal.reason) {
    case 'tooLarge':
    case 'tooSmall': {
      const { field: _, ...bounds } = refusal;
      return new AppError(
        'IMAGE_OUT_OF_BOUNDS',
        `${sizeMm} mm at ${dotsPerInch} dpi is ${refusal.reason}: ${bounds.smallestMm} to ${bounds.largestMm} mm`,
        { ...bounds, sizeMm, dotsPerInch },
      );
    }
    case 'contrastTooLow':
      return invalidField(refusal.field, refusal.reason, 'contrasts too little', {
        ratio: Math.floor(refusal.ratio * 10) / 10,
        least: refusal.least,
      });
    case 'inverted':
      return invalidField(refusal.field, 'colourInverted', 'is lighter than the background');
    case 'logoTooLarge':
      return invalidField(refusal.field, refusal.reason, 'covers more than can be mended', {
        largestPercent: refusal.largestPercent,
      });
    case 'captionTooLarge':
      return invalidField(refusal.field, refusal.reason, 'is too high for the width', {
        largestMm: refusal.largestMm,
      });
  }
}
