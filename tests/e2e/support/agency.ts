import type { Page } from '@playwright/test';
import { signUpOwner, somebody, type Person } from './accounts';
import { startOwnApp, type OwnApp } from './own-app';
import { PageWatch } from './page-watch';
import { createPeople, expect, test as base, type AnotherPerson } from './test';

export { expect };

export interface Agency {
  readonly app: OwnApp;
  /** Of all its pages; each file says what it brings about on purpose. */
  readonly watch: PageWatch;
  /** Somebody's device. */
  readonly device: AnotherPerson;
  readonly owner: Person;
  /** Where the owner is signed in. */
  readonly desk: Page;
}

/** An app of the worker's own with an owner, for tests that leave both as they were. */
export const test = base.extend<object, { agency: Agency }>({
  agency: [
    async ({ browser }, use) => {
      const app = await startOwnApp();
      const watch = new PageWatch(app.url);
      const people = createPeople(browser, watch);
      const device: AnotherPerson = (options) => people.invite({ baseURL: app.url, ...options });
      const owner = somebody('Olivia Owner');
      // As a phone’s, which can be tapped as well as clicked.
      const desk = await device({ hasTouch: true });
      await signUpOwner(desk, owner);
      await use({ app, watch, device, owner, desk });
      await people.leave();
      await app.stop();
      expect(watch.problems, 'what the browser complained about').toEqual([]);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});
