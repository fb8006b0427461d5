/** Set by proxy.ts: path and query of the page that was asked for, so that sign-in leads back to it. */
export const PAGE_PATH_HEADER = 'x-qudao-page';
