import { z } from 'zod';

// Every C0 and C1 control, line and paragraph separators, and the marks that turn the direction of what follows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const textWithout = (forbidden: RegExp, max: number) =>
  z
    .string()
    .transform((text) => text.trim().normalize('NFC'))
    .pipe(
      z
        .string()
        .max(max)
        .superRefine((text, issues) => {
          if (forbidden.test(text)) {
            issues.addIssue({
              code: 'custom',
              message: 'control characters are not allowed',
              params: { code: 'controlCharacters' },
            });
          }
        }),
    );

/** A text on one line: trimmed, NFC, at most `max` UTF-16 units, without control characters; may be empty. */
export const oneLine = (max: number) => textWithout(CONTROL, max);

/** As {@link oneLine}, and not empty. */
export const requiredLine = (max: number) => oneLine(max).pipe(z.string().min(1));

/** As {@link oneLine}, with line breaks allowed. */
export const paragraph = (max: number) => textWithout(CONTROL_BUT_LINES, max);
