import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { root } from '../install.mjs';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];

/** The path of a Chromium, installing one when there is none: by apt where we may, else Playwright's own. */
export async function findOrInstallBrowser() {
  const found = process.env.CHROMIUM_PATH ?? installed.find((file) => existsSync(file));
  if (found) return found;
  const own = await playwrightBrowser();
  if (own) return own;
  console.log('No Chromium found; installing one …');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const apt = (args) =>
      spawnSync('apt-get', args, {
        stdio: 'inherit',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt(['update', '-qq']);
    apt(['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
    const byApt = installed.find((file) => existsSync(file));
    if (byApt) return byApt;
  }
  spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], {
    cwd: root,
    stdio: 'inherit',
  });
  return playwrightBrowser();
}

async function playwrightBrowser() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return existsSync(file) ? file : null;
}
