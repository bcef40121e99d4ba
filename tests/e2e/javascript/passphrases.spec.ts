import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { comeToOpen, names, openSecret } from '../support/steps';
import { expect, test } from '../support/test';
import { spendBrowserTries } from '../support/wrong-passphrases';

const PASSPHRASE = 'Crème brûlée 7';

test.beforeEach(({ watch }) => {
  watch.allowStatus(400);
});

for (const [seal, make] of Object.entries({ browser: sealInBrowser, server: sealOnServer })) {
  test(`a missing passphrase costs nothing, a wrong one a try, and what was typed stays under the cursor: ${seal} seal`, async ({
    page,
    origin,
  }) => {
    const { link, statusLink } = await make(origin, { secret: 'kept', passphrase: PASSPHRASE });
    await comeToOpen(page, link);
    const field = names.passphrase(page);
    await names.open(page).click();
    await expect(field).toHaveAccessibleDescription(/Enter the passphrase first/);
    await expect(field).toBeFocused();
    expect(await (await fetch(statusLink)).text()).toContain('0 of 10 tries');

    await field.fill('wrong one');
    await names.open(page).click();
    await expect(field).toHaveAccessibleDescription(/not the right passphrase\. 9 tries are left/);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveValue('wrong one');
    await expect(field).toBeFocused();

    await field.fill(PASSPHRASE);
    await names.open(page).click();
    await expect(names.opened(page)).toHaveText('kept');
  });
}

test('the passphrase opens after nine wrong ones, however its accents are typed', async ({
  page,
  origin,
}) => {
  const sealed = await sealInBrowser(origin, { secret: 'just in time', passphrase: PASSPHRASE });
  await spendBrowserTries(sealed, 9);
  await comeToOpen(page, sealed.link);
  await expect(names.passphrase(page)).toHaveAccessibleDescription(/One try is left/);
  await names.passphrase(page).fill(PASSPHRASE.normalize('NFD'));
  await names.open(page).click();
  await expect(names.opened(page)).toHaveText('just in time');
});

test('the tenth wrong passphrase destroys the secret, and both sides are told', async ({
  page,
  origin,
}) => {
  const sealed = await sealInBrowser(origin, { secret: 'lost', passphrase: PASSPHRASE });
  await spendBrowserTries(sealed, 8);
  await openSecret(page, sealed.link, 'wrong nine');
  await expect(names.passphrase(page)).toHaveAccessibleDescription(/One try is left/);
  await names.passphrase(page).fill('wrong ten');
  await names.open(page).click();
  await expect(names.heading(page)).toHaveText('This secret was destroyed');
  await expect(page.getByText('Ten wrong passphrases were entered')).toBeVisible();

  await page.goto(sealed.statusLink);
  await expect(names.heading(page)).toHaveText('Destroyed after wrong passphrases');
  await expect(page.getByText('10 of 10 tries')).toBeVisible();
});
