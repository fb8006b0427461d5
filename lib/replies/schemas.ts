import { z } from 'zod';
import { oneLine, paragraph, requiredLine } from '../one-line';
import { maxReplyBytes, utf8Length } from './format';

const httpsSchema = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .superRefine((text, ctx) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || url.username || url.password) {
      ctx.addIssue({ code: 'custom', params: { code: 'webAddress' } });
    } else if (url.protocol !== 'https:') {
      ctx.addIssue({ code: 'custom', params: { code: 'httpsWanted' } });
    }
  });

const textSchema = paragraph(maxReplyBytes)
  .pipe(z.string().min(1))
  .superRefine((text, ctx) => {
    if (utf8Length(text) <= maxReplyBytes) return;
    ctx.addIssue({ code: 'custom', params: { code: 'tooLong', max: maxReplyBytes } });
  });

export const replyContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: textSchema }),
  z.strictObject({
    kind: z.literal('news'),
    title: requiredLine(64),
    description: oneLine(120),
    pictureUrl: httpsSchema,
    url: httpsSchema,
  }),
]);

export const replySchema = z.strictObject({
  enabled: z.boolean(),
  forNew: replyContentSchema,
  forReturning: replyContentSchema.nullable(),
});
export type ReplyInput = z.input<typeof replySchema>;
