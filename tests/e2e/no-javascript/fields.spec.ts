import { sealOnServer } from '../support/seal-over-http';
import { names } from '../support/steps';
import { expect, test } from '../support/test';

test('nothing of fields is offered where no script could show them', async ({ page }) => {
  await page.goto('/');
  await expect(names.secret(page)).toBeVisible();
  await expect(page.getByText('What to send')).toHaveCount(0);
  await expect(page.getByText('Website login')).toHaveCount(0);
});

test('fields sealed on the server open plainly, letter by letter', async ({ page, origin }) => {
  const { link } = await sealOnServer(origin, {
    secret: [
      { kind: 'url', label: 'Address', value: 'https://example.com/' },
      { kind: 'url', label: '<b>Other</b>', value: 'javascript:alert(1)' },
      { kind: 'password', label: 'Password', value: '<i>wax</i> & "more"' },
      { kind: 'multiline', label: 'Key', value: '  one\n\ttwo\n' },
    ],
  });
  await page.goto(link);
  await names.show(page).check();
  await names.open(page).click();
  const secret = names.opened(page);
  await expect(secret.getByRole('term')).toHaveText(['Address', '<b>Other</b>', 'Password', 'Key']);
  await expect(secret.getByRole('link')).toHaveText(['https://example.com/']);
  await expect(secret.getByText('javascript:alert(1)')).toBeVisible();
  await expect(secret.getByText('<i>wax</i> & "more"')).toBeVisible();
  expect(await secret.getByRole('group', { name: 'Key' }).textContent()).toBe('  one\n\ttwo\n');
  await expect(page.getByRole('button'), 'no control that could do nothing').toHaveCount(0);
});
