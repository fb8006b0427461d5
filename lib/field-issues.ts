import { z } from 'zod';
import { AppError, type FieldIssue } from './errors';

/**
 * Translates what zod found into the field codes that the messages know (`fields.CODE`).
 *
 * A schema's own rule names its code: `ctx.addIssue({ code: 'custom', params: { code: 'sceneIdRange', min: 1 } })`.
 */
export function toFieldIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.flatMap((issue) => {
    const field = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        toIssue(field === '' ? key : `${field}.${key}`, 'unknownField', issue.message),
      );
    }
    return [toIssueOf(field, issue)];
  });
}

function toIssue(field: string, code: string, message: string, params?: FieldIssue['params']): FieldIssue {
  return { field, code, message, ...(params ? { params } : {}) };
}

function toIssueOf(field: string, issue: z.core.$ZodIssue): FieldIssue {
  switch (issue.code) {
    case 'invalid_type':
      if (
        issue.input === undefined ||
        issue.input === null ||
        /received (undefined|null)/.test(issue.message)
      ) {
        return toIssue(field, 'required', 'is required');
      }
      return toIssue(field, issue.expected === 'number' ? 'notANumber' : 'wrongType', issue.message, {
        expected: issue.expected,
      });
    case 'too_small':
      if (issue.origin === 'string') {
        return issue.minimum === 1
          ? toIssue(field, 'required', 'is required')
          : toIssue(field, 'tooShort', issue.message, { min: Number(issue.minimum) });
      }
      return toIssue(field, issue.origin === 'array' ? 'tooFew' : 'tooSmall', issue.message, {
        min: Number(issue.minimum),
      });
    case 'too_big':
      if (issue.origin === 'string')
        return toIssue(field, 'tooLong', issue.message, { max: Number(issue.maximum) });
      return toIssue(field, issue.origin === 'array' ? 'tooMany' : 'tooLarge', issue.message, {
        max: Number(issue.maximum),
      });
    case 'invalid_value':
      return toIssue(field, 'notInList', issue.message, { allowed: issue.values.map(String).join(', ') });
    case 'invalid_format':
      return toIssue(field, issue.format === 'regex' ? 'wrongFormat' : issue.format, issue.message);
    case 'custom': {
      const { code, ...params } = (issue.params ?? {}) as { code?: string } & Record<string, string | number>;
      return toIssue(field, code ?? 'wrongFormat', issue.message, params);
    }
    default:
      return toIssue(field, 'wrongFormat', issue.message);
  }
}

/** @throws AppError VALIDATION_FAILED  `details.fields` names each field, what was wrong and what is allowed */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const fields = toFieldIssues(result.error);
  const summary = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new AppError('VALIDATION_FAILED', summary, { fields });
}

export const idSchema = z.uuid();

/** @throws AppError NOT_FOUND  what is no id names nothing */
export function requireId(text: string, what: string): string {
  if (!idSchema.safeParse(text).success) throw new AppError('NOT_FOUND', `${what} has no such id`, { what });
  return text;
}
