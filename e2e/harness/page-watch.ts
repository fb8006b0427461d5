import type { BrowserContext } from '@playwright/test';

/** What Chromium itself reports when somebody leaves a page before all of it has come: no fault of the page. */
const leftEarly = /net::ERR_ABORTED/;

/**
 * Collects whatever a page should never do: log an error, throw, break its Content-Security-Policy (Chromium logs that as
 * an error too), or ask for something that the server fails at.
 */
export class PageWatch {
  readonly faults: string[] = [];
  readonly #expected: RegExp[] = [];

  /** Watches every page of a context, those that are opened later included. */
  add(context: BrowserContext): void {
    const place = (url: string | undefined) => (url ? ` on ${new URL(url).pathname}` : '');
    context.on('console', (message) => {
      if (message.type() !== 'error') return;
      const source = message.location().url;
      this.#note(`console error${place(message.page()?.url())}: ${message.text()} (${source})`);
    });
    context.on('weberror', (error) => {
      this.#note(
        `uncaught error${place(error.page()?.url())}: ${error.error().stack ?? error.error().message}`,
      );
    });
    context.on('response', (response) => {
      if (response.status() < 500) return;
      this.#note(`status ${response.status()} for ${response.request().method()} ${response.url()}`);
    });
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      if (!leftEarly.test(reason)) this.#note(`${request.method()} ${request.url()} failed: ${reason}`);
    });
  }

  /** Lets one kind of fault pass, where the test brings it about: the 404 of a page that does not exist. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  #note(fault: string): void {
    if (!this.#expected.some((pattern) => pattern.test(fault))) this.faults.push(fault);
  }
}
