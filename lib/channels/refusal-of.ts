import 'server-only';
import { violatedLaw } from '../db/violated-law';
import { AppError, invalidField } from '../errors';

/** The refusal that a law of the table `channels` stands for; any other error as it came. */
export function refusalOf(error: unknown, number: string | undefined): unknown {
  switch (violatedLaw(error)) {
    case 'channels_account_id_number_key':
      return invalidField(
        'number',
        'taken',
        'another channel has this number',
        number ? { number } : undefined,
      );
    case 'channels_account_id_fkey':
      return new AppError('NOT_FOUND', 'no such account', { what: 'account' }, { cause: error });
    default:
      return error;
  }
}
