import { z } from 'zod';

const max = 1_000_000;

export const setUnlistedSchema = z.object({
  unlisted: z.number().refine((count) => Number.isInteger(count) && count >= 0 && count <= max, {
    params: { code: 'outOfRange', min: 0, max },
  }),
});
