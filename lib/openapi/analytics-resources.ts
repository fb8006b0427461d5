import { z } from 'zod';
import type { FiguresDto } from '../analytics/types';

const count = z.int().nonnegative();

const figures = {
  scans: count.describe('SCAN, and a follow through a code'),
  people: count.describe('different people who scanned'),
  newFollowers: count.describe('first ever follows, through a code'),
  refollows: count.describe('follows again, through a code'),
  followerScans: count.describe('scans by those who followed already'),
  unfollows: count.describe('unfollows; of a code or campaign those whose follow it had brought'),
  netFollowers: z.int().describe('newFollowers + refollows − unfollows'),
} satisfies Record<keyof FiguresDto, z.ZodType>;

export const summarySchema = z.object(figures);

export const seriesSchema = z.object({ items: z.array(z.object({ key: z.string(), ...figures })) });

export const breakdownSchema = z.object({
  items: z.array(z.object({ key: z.string(), name: z.string(), ...figures })),
});
