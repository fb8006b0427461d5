import { expect, type Page } from '@playwright/test';
import { type AxeScope, seriousFindings } from './axe';
import { writeScreenshot } from './screenshots';

export type Theme = 'light' | 'dark';

/**
 * What must hold for any page in any state: it fits its width, axe finds nothing serious, and a picture of it is left
 * behind. Soft, so that one run tells of all pages.
 *
 * @param name  of the picture: page, theme, language, width
 */
export async function checkPage(
  page: Page,
  name: string[],
  { withAxe }: { withAxe: AxeScope | null },
): Promise<void> {
  const place = name.join('.');
  await page.evaluate(() => document.fonts.ready);
  // Next streams the title in behind the page.
  await expect.soft(page, `${place}: has a title`).toHaveTitle(/\S/);
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect.soft(overflow, `${place}: px that stick out sideways`).toBeLessThanOrEqual(0);
  await writeScreenshot(page, ...name);
  if (withAxe) {
    expect.soft(await seriousFindings(page, withAxe), `${place}: what axe finds serious`).toEqual([]);
  }
}

/** Turns the theme of a page that follows the system, and waits until it has. */
export async function turnTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`));
}
