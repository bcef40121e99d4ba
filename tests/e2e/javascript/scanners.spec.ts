import type { Page, Request } from '@playwright/test';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { comeToOpen, names, openSecret, takenOverByReact } from '../support/steps';
import { expect, test } from '../support/test';

for (const [seal, make] of Object.entries({ browser: sealInBrowser, server: sealOnServer })) {
  test.describe(`${seal} seal`, () => {
    test('a scanner that runs the page and waits opens nothing', async ({
      anotherPerson,
      origin,
    }) => {
      const { link } = await make(origin, { secret: 'unscanned' });
      const scanner = await anotherPerson();
      await scanner.clock.install();
      await comeToOpen(scanner, link);
      await scanner.clock.runFor('10:00');
      await scanner.mouse.move(200, 300);
      await scanner.mouse.wheel(0, 2000);
      await expect(names.open(scanner)).toBeVisible();
      await expectStillSealed(await anotherPerson(), link, 'unscanned');
    });

    test('a scanner that submits every form once scripts run opens and destroys nothing', async ({
      anotherPerson,
      origin,
      watch,
    }) => {
      // What React puts into a form's address, for those who go around it.
      watch.allow(/javascript:|React form unexpectedly submitted/);
      watch.allowStatus(400);
      const { link } = await make(origin, { secret: 'unscanned' });
      const scanner = await anotherPerson();
      for (const submit of SUBMISSIONS) {
        await comeToOpen(scanner, link);
        await runUntilSettled(scanner, submit);
      }
      await expectStillSealed(await anotherPerson(), link, 'unscanned');
    });

    test('a scanner that submits every form before scripts run opens and destroys nothing', async ({
      anotherPerson,
      origin,
      watch,
    }) => {
      watch.allow(/^failed: GET .*\.js net::ERR_FAILED$/, /net::ERR_FAILED$/);
      watch.allowStatus(400);
      const { link } = await make(origin, { secret: 'unscanned' });
      const scanner = await anotherPerson();
      await scanner.route('**/_next/**/*.js', (route) => route.abort());
      for (const submit of SUBMISSIONS_WITHOUT_BUTTON) {
        await scanner.goto(link);
        await runUntilSettled(scanner, submit);
        expect(await scanner.content()).not.toContain('unscanned');
      }
      await expectStillSealed(await anotherPerson(), link, 'unscanned');
    });
  });
}

test('a press before the script runs opens nothing, and asks for the box to be ticked', async ({
  page,
  origin,
  watch,
}) => {
  watch.allow(/net::ERR_FAILED$/);
  watch.allowStatus(400);
  const { link } = await sealOnServer(origin, { secret: 'early' });
  await page.route('**/_next/**/*.js', (route) => route.abort());
  await page.goto(link);
  await names.open(page).click();
  await expect(page.getByText('Nothing was opened. Tick the box')).toBeVisible();
  await names.show(page).check();
  await names.open(page).click();
  await expect(names.opened(page)).toHaveText('early');
});

test('a scanner that submits the form of the status page destroys nothing', async ({
  anotherPerson,
  origin,
  watch,
}) => {
  watch.allow(/javascript:|React form unexpectedly submitted/, /net::ERR_FAILED$/);
  watch.allowStatus(400);
  const { statusLink } = await sealOnServer(origin, { secret: 'unscanned' });
  for (const hasScript of [false, true]) {
    const scanner = await anotherPerson();
    if (!hasScript) await scanner.route('**/_next/**/*.js', (route) => route.abort());
    for (const submit of SUBMISSIONS_WITHOUT_BUTTON) {
      await scanner.goto(statusLink);
      if (hasScript) await takenOverByReact(scanner);
      await runUntilSettled(scanner, submit);
      expect(await (await fetch(statusLink)).text(), submit).toContain('Waiting to be opened');
    }
  }
});

/** Ways in which a script submits forms as they stand. */
const SUBMISSIONS_WITHOUT_BUTTON = [
  'for (const form of document.forms) form.submit();',
  'for (const form of document.forms) { form.noValidate = true; form.requestSubmit(); }',
  `for (const form of document.forms) {
     form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
   }`,
];

/** Ways in which a script also names or clicks buttons: only a page with its script can tell. */
const SUBMISSIONS = [
  ...SUBMISSIONS_WITHOUT_BUTTON,
  `for (const form of document.forms) {
     for (const button of form.querySelectorAll('button[type=submit]')) form.requestSubmit(button);
   }`,
  `for (const button of document.querySelectorAll('main button')) button.click();`,
  `for (const button of document.querySelectorAll('main button')) {
     for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click']) {
       button.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
     }
     button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
   }`,
];

/** Two requests, one after the other: whatever was submitted before them is on its way by then. */
const ROUND_TRIPS = "fetch('/robots.txt').then(() => fetch('/robots.txt')).then(() => undefined)";

/** Runs a script in a page and waits until all that it set off was answered. */
async function runUntilSettled(page: Page, script: string): Promise<void> {
  const underWay = new Set<Request>();
  page.on('request', (request) => underWay.add(request));
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  await page.evaluate(script);
  // A form that posts itself takes the page, and with it the script, away.
  await page.evaluate(ROUND_TRIPS).catch(() => undefined);
  await page.waitForLoadState();
  await expect.poll(() => underWay.size).toBe(0);
}

async function expectStillSealed(person: Page, link: string, secret: string): Promise<void> {
  await openSecret(person, link);
  await expect(names.opened(person)).toHaveText(secret);
}
