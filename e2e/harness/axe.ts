import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** What axe-core finds serious or critical on the page as it is now: one line each, with the first places. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Evaluated from outside, so that the page's Content-Security-Policy stays as it is.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const results = await axe.run(document, { resultTypes: ['violations'] });
    return results.violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      places: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
    }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, places }) => `${impact} ${id}: ${help}\n    ${places.join('\n    ')}`);
}
