import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const folder = fileURLToPath(new URL('../screenshots', import.meta.url));

/**
 * Writes the whole page into e2e/screenshots, which git ignores: for people to look at, not to compare bytes. Not in CI, where
 * nobody looks.
 */
export async function writeScreenshot(page: Page, ...name: string[]): Promise<void> {
  if (process.env.CI) return;
  await page.screenshot({
    path: path.join(folder, `${name.join('.')}.png`),
    fullPage: true,
    animations: 'disabled',
  });
}
