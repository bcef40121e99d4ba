import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';
import { PageWatch } from './page-watch';

export { expect };

/** Opens a page in a browser of their own: another person, another device. */
export type AnotherPerson = (options?: BrowserContextOptions) => Promise<Page>;

interface Fixtures {
  /** Origin of the app under test, such as `http://localhost:3000`. */
  readonly origin: string;
  /** Fails the test for whatever no page may do. */
  readonly watch: PageWatch;
  readonly anotherPerson: AnotherPerson;
}

/** Playwright's `test` with every page watched. */
export const test = base.extend<Fixtures>({
  origin: async ({ baseURL }, use) => {
    if (baseURL === undefined) throw new Error('The tests need the address of the app.');
    await use(new URL(baseURL).origin);
  },
  watch: async ({ origin, javaScriptEnabled }, use) => {
    const watch = new PageWatch(origin, { hasScripts: javaScriptEnabled });
    await use(watch);
    expect(watch.problems, 'what the browser complained about').toEqual([]);
  },
  context: async ({ context, watch }, use) => {
    watch.attach(context);
    await use(context);
  },
  anotherPerson: async ({ browser, watch }, use) => {
    const people = createPeople(browser, watch);
    await use(people.invite);
    await people.leave();
  },
});

/** People for tests that run an app of their own and so share no `origin`. */
export function createPeople(
  browser: Browser,
  watch: PageWatch,
): { readonly invite: AnotherPerson; leave(): Promise<void> } {
  const contexts: BrowserContext[] = [];
  return {
    invite: async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      watch.attach(context, {
        moreOrigins: options?.baseURL === undefined ? [] : [options.baseURL],
        ...(options?.javaScriptEnabled === undefined
          ? {}
          : { hasScripts: options.javaScriptEnabled }),
      });
      return context.newPage();
    },
    leave: async () => {
      await Promise.all(contexts.map((context) => context.close()));
    },
  };
}
