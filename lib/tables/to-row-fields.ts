import type { FieldIssue } from '../errors';
import type { InvalidRowDto } from './types';

const toldIssues = 100;

/** The faults of rows as a refusal tells them: `rows.LINE.FIELD`, the first hundred. */
export function toRowFields(rows: InvalidRowDto[]): FieldIssue[] {
  return rows
    .flatMap(({ line, errors }) =>
      errors.map((issue) => ({
        ...issue,
        field: ['rows', line, issue.field].filter((part) => part !== '').join('.'),
      })),
    )
    .slice(0, toldIssues);
}
