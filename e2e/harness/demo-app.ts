import { randomBytes } from 'node:crypto';
import { type BrowserContext, test as base, expect } from '@playwright/test';
import type { Locale } from '../../lib/i18n/locales';
import { PageWatch } from './page-watch';
import { restClient } from './rest-client';
import { type SignedIn, signInWithLink } from './sign-in';
import { standIn } from './stand-in';
import { freePort, startApp, temporaryFolder } from './start-app';
import { type Texts, texts } from './texts';

export type DemoApp = {
  url: string;
  /** The sign-in of the demo's admin, for as many contexts as a spec wants. */
  admin: SignedIn;
  /** The link that signed the admin in. */
  spentLink: string;
  rest: ReturnType<typeof restClient>;
  standIn: ReturnType<typeof standIn>;
  /** Everything that the server has printed. */
  output: () => string;
};

/**
 * The tests' frame: `watch` fails a test whose pages log an error; `demo` is one demo, started on an empty folder as
 * `npm start` does and shared by the specs that ask for it; `t` has the texts of the page's language.
 */
export const test = base.extend<{ watch: PageWatch; t: Texts; watched: undefined }, { demo: DemoApp }>({
  demo: [
    async ({ browser }, use) => {
      const { folder, remove } = await temporaryFolder();
      const key = `e2e_${randomBytes(24).toString('hex')}`;
      const simulatorPort = await freePort();
      const app = await startApp({
        PORT: String(await freePort()),
        SIMULATOR_PORT: String(simulatorPort),
        DATA_DIR: folder,
        ADMIN_API_KEY: key,
      });
      try {
        const context = await browser.newContext({ locale: 'en' });
        await signInWithLink(await context.newPage(), app.link ?? '', texts('en'));
        const admin = await context.storageState();
        await context.close();
        await use({
          url: app.url,
          // The language is each context's own affair.
          admin: { ...admin, cookies: admin.cookies.filter(({ name }) => name !== 'locale') },
          spentLink: app.link ?? '',
          rest: restClient(app.url, key),
          standIn: standIn(`http://127.0.0.1:${simulatorPort}`),
          output: () => app.output,
        });
      } finally {
        await app.stop();
        await remove();
      }
    },
    { scope: 'worker', timeout: 400_000 },
  ],

  watch: async ({ context }, use) => {
    const watch = new PageWatch();
    watch.add(context);
    await use(watch);
    expect(watch.faults, 'what the pages logged or failed at').toEqual([]);
  },
  watched: [async ({ watch: _ }, use) => use(undefined), { auto: true }],

  t: async ({ locale }, use) => use(texts((locale ?? 'en') as Locale)),
});

export type { BrowserContext };
export { expect };
