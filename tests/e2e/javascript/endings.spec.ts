import type { Page } from '@playwright/test';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { comeToOpen, names, openSecret, pressTwice } from '../support/steps';
import { expect, test } from '../support/test';

for (const [seal, make] of Object.entries({ browser: sealInBrowser, server: sealOnServer })) {
  test.describe(`${seal} seal`, () => {
    test('a used link says when it was opened and whom to tell, and offers nothing to press', async ({
      page,
      origin,
      anotherPerson,
      watch,
    }) => {
      watch.allowStatus(410);
      const { link } = await make(origin, { secret: 'once' });
      await openSecret(page, link);
      await expect(names.opened(page)).toHaveText('once');

      const second = await anotherPerson();
      await second.goto(link);
      await expect(names.heading(second)).toHaveText('This secret was opened already');
      await expect(second.getByText('If that was not you, tell the sender')).toBeVisible();
      expect(await agoInSeconds(second)).toBeLessThan(120);
      await expect(names.open(second)).toBeHidden();
      await expect(second.getByText('once', { exact: true })).toBeHidden();
    });

    test('Destroy without opening ends the secret unread, for the sender to see', async ({
      page,
      origin,
      anotherPerson,
      watch,
    }) => {
      watch.allowStatus(410);
      const { link, statusLink } = await make(origin, { secret: 'unread' });
      await comeToOpen(page, link);
      await pressTwice(page, 'Destroy without opening');
      await expect(names.heading(page)).toHaveText('This secret was destroyed unopened');
      await expect(names.heading(page)).toBeFocused();

      const second = await anotherPerson();
      await second.goto(link);
      await expect(names.heading(second)).toHaveText('This secret was destroyed unopened');
      await page.goto(statusLink);
      await expect(names.heading(page)).toHaveText('Destroyed by the recipient');
      await expect(names.destroyNow(page)).toBeHidden();
    });

    test('a page that waits while another one opens is told so when its button is pressed', async ({
      page,
      origin,
      anotherPerson,
    }) => {
      const { link } = await make(origin, { secret: 'quick' });
      await comeToOpen(page, link);
      const faster = await anotherPerson();
      await openSecret(faster, link);
      await expect(names.opened(faster)).toHaveText('quick');

      await names.open(page).click();
      await expect(names.heading(page)).toHaveText('This secret was opened already');
      await expect(page.getByText('If that was not you, tell the sender')).toBeVisible();
    });
  });
}

test('Destroy now on the status page closes the link, and shows note and state', async ({
  page,
  origin,
  anotherPerson,
  watch,
}) => {
  watch.allowStatus(410);
  const note = '<b>for Ada</b>';
  const { link, statusLink } = await sealOnServer(origin, { secret: 'taken back', note });
  await page.goto(statusLink);
  await expect(names.heading(page)).toHaveText('Waiting to be opened');
  await expect(page.getByText(note, { exact: true })).toBeVisible();
  await expect(page.getByText('but it can destroy it')).toBeVisible();
  await pressTwice(page, 'Destroy now');
  await expect(names.heading(page)).toHaveText('Destroyed by you');
  await expect(page.getByRole('status').getByText('The secret was destroyed')).toBeVisible();
  await expect(page.getByText('but it can destroy it'), 'there is nothing left to').toBeHidden();

  const recipient = await anotherPerson();
  await recipient.goto(link);
  await expect(names.heading(recipient)).toHaveText('The sender destroyed this secret');
  expect(await recipient.content()).not.toContain('for Ada');
});

test('the status page tells that the secret was opened, and that it is too late to destroy it', async ({
  page,
  origin,
  anotherPerson,
}) => {
  const { link, statusLink } = await sealInBrowser(origin, { secret: 'seen' });
  await page.goto(statusLink);
  await expect(names.heading(page)).toHaveText('Waiting to be opened');
  const recipient = await anotherPerson();
  await openSecret(recipient, link);
  await expect(names.opened(recipient)).toHaveText('seen');

  await pressTwice(page, 'Destroy now');
  await expect(names.heading(page)).toHaveText('Opened');
  await expect(page.getByText('It was too late to destroy it')).toBeVisible();
  await page.reload();
  await expect(names.heading(page)).toHaveText('Opened');
  await expect(names.destroyNow(page)).toBeHidden();
});

async function agoInSeconds(page: Page): Promise<number> {
  const at = await page.getByText('It was opened on').getByRole('time').getAttribute('datetime');
  return (Date.now() - Date.parse(at ?? '')) / 1000;
}
