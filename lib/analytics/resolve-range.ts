import 'server-only';
import { invalidField } from '../errors';
import { addDays, daysIn } from './format';
import { maxRangeDays } from './schemas';
import type { DateRange } from './types';

const USUAL_DAYS = 30;

/**
 * The days that are asked about: up to today where no end is named, and 30 of them where no beginning is.
 *
 * @param today  local date of the account
 * @throws AppError VALIDATION_FAILED  it ends before it begins, or has more than `maxDays`
 */
export function resolveRange(
  { from, to }: { from?: string; to?: string },
  today: string,
  maxDays = maxRangeDays,
): DateRange {
  const end = to ?? today;
  const range = { from: from ?? addDays(end, 1 - USUAL_DAYS), to: end };
  if (range.to < range.from)
    throw invalidField(to ? 'to' : 'from', 'dateOrder', 'the range ends before it begins');
  const days = daysIn(range);
  if (days > maxDays) {
    const message = `the range has ${days} days, wanted at most ${maxDays}`;
    throw invalidField('to', 'rangeTooLong', message, { max: maxDays });
  }
  return range;
}
