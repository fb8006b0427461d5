import { z } from 'zod';

/** What every list takes. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** For the document: what the schemas of lists do not say of themselves. */
export const pageHints = {
  cursor: { description: '`nextCursor` of the page before; the other parameters stay as they were' },
  limit: { description: 'items on a page' },
};
