import { invalidField } from '../errors';
import { decodeCursor } from '../keyset-cursor';

/** The one number that a cursor of these lists holds. @throws AppError VALIDATION_FAILED */
export function readPlace(cursor: string): string {
  const [place = ''] = decodeCursor(cursor, 1);
  if (!/^\d{1,9}$/.test(place)) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  return place;
}
