import type { ErrorDto } from './errors';

/** What a server action answers: exceptions do not cross to a browser, their code and details do. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: ErrorDto };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}
