import 'server-only';
import { violatedLaw } from '../db/violated-law';
import { AppError, invalidField } from '../errors';

/** The refusal that a law of the table `print_designs` stands for; any other error as it came. */
export function refusalOf(error: unknown): unknown {
  switch (violatedLaw(error)) {
    case 'print_designs_living_name':
      return invalidField('name', 'taken', 'another design has this name');
    case 'print_designs_account_id_logo_id_fkey':
      return invalidField('settings.logo.id', 'unknown', 'no such logo');
    case 'print_designs_account_id_fkey':
      return new AppError('NOT_FOUND', 'no such account', { what: 'account' }, { cause: error });
    case 'print_designs_one_default':
      return new AppError('CONFLICT', 'somebody else chose a default', { what: 'design' }, { cause: error });
    default:
      return error;
  }
}
