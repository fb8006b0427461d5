import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import type { UserRole } from '../people/types';
import { type Result, success } from '../result';
import { currentContext } from './current-context';
import { reportError, toErrorDto } from './report-error';

/**
 * A server action in its four beats: who asks, parse, do, answer.
 *
 * `role` is checked before the input is looked at; the service behind it authorises again, for its account.
 */
export function action<S extends z.ZodType, T>(
  role: UserRole,
  schema: S,
  run: (ctx: Context, input: z.output<S>) => Promise<T>,
): (input: z.input<S>) => Promise<Result<T>> {
  return async (input) => {
    try {
      const ctx = await currentContext();
      authorise(ctx, role);
      return success(await run(ctx, parseInput(schema, input)));
    } catch (error) {
      unstable_rethrow(error);
      return { ok: false, error: toErrorDto(reportError(error, 'action')) };
    }
  };
}
