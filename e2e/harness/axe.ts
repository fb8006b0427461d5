import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** All rules, or those that another theme can break. */
export type AxeScope = 'all' | 'colours';

/** What axe-core finds serious or critical on the page as it is now: one line each, with the first places. */
export async function seriousFindings(page: Page, scope: AxeScope): Promise<string[]> {
  // Evaluated from outside, so that the page's Content-Security-Policy stays as it is.
  await page.evaluate(axe.source);
  const runOnly = scope === 'colours' ? ['color-contrast', 'link-in-text-block'] : undefined;
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const results = await axe.run(document, { resultTypes: ['violations'], ...(runOnly && { runOnly }) });
    return results.violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      places: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
    }));
  }, runOnly);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, places }) => `${impact} ${id}: ${help}\n    ${places.join('\n    ')}`);
}
