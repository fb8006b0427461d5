import { z } from 'zod';

const maxUnlisted = 1_000_000;
export const maxCoolingDays = 3_650;
export const maxApprovalThreshold = 100_000;

const whole = (min: number, max: number) =>
  z.number().refine((count) => Number.isInteger(count) && count >= min && count <= max, {
    params: { code: 'outOfRange', min, max },
  });

/** `strings` is the part of them that were strings; it matters where each kind has a pool of its own. */
export const setUnlistedSchema = z
  .object({ unlisted: whole(0, maxUnlisted), strings: whole(0, maxUnlisted).default(0) })
  .superRefine(({ unlisted, strings }, issues) => {
    if (!(strings > Math.max(0, unlisted))) return;
    issues.addIssue({
      code: 'custom',
      path: ['strings'],
      message: `at most ${unlisted}`,
      params: { code: 'outOfRange', min: 0, max: unlisted },
    });
  });
export type SetUnlistedInput = z.input<typeof setUnlistedSchema>;

/** What is left out stays as it is. */
export const quotaRulesSchema = z
  .strictObject({
    sharesPool: z.boolean(),
    coolingDays: whole(0, maxCoolingDays),
    approvalThreshold: whole(1, maxApprovalThreshold).nullable(),
  })
  .partial();
export type QuotaRulesInput = z.input<typeof quotaRulesSchema>;

export const setThresholdsSchema = z.object({
  percents: z
    .array(
      z.number().refine((percent) => Number.isInteger(percent) && percent >= 1 && percent <= 100, {
        params: { code: 'outOfRange', min: 1, max: 100 },
      }),
    )
    .max(10),
});
