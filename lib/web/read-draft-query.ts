import { AppError } from '../errors';

/** A design in an address, as JSON; the service behind it judges what it says. */
export function readDraftQuery(settings: string): unknown {
  try {
    return JSON.parse(settings);
  } catch (cause) {
    throw new AppError(
      'VALIDATION_FAILED',
      'settings: not JSON',
      { fields: [{ field: 'settings', code: 'notJson', message: 'is not JSON' }] },
      { cause },
    );
  }
}
