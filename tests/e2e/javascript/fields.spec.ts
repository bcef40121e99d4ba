import type { Download, Page } from '@playwright/test';
import type { SecretField } from '@/lib/protocol/envelope';
import { canary } from '../support/canary';
import { pasted } from '../support/clipboard';
import { sealInBrowser } from '../support/seal-over-http';
import {
  createLink,
  names,
  ON_THE_SERVER,
  openSecret,
  pressTwice,
  startComposing,
} from '../support/steps';
import { expect, test } from '../support/test';

const shape = (page: Page) => page.getByRole('combobox', { name: 'What to send' });
const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page, number: number) => page.getByRole('group', { name: `Field ${number}` });

for (const encrypt of ['in this browser', ON_THE_SERVER] as const) {
  test(`a website login is sent ${encrypt} and opened field by field`, async ({
    page,
    anotherPerson,
  }) => {
    const password = canary('password');
    await startComposing(page);
    await expect(shape(page).getByRole('option', { selected: true })).toHaveText('Plain text');
    await shape(page).selectOption('Website login');
    await expect(names.secret(page)).toBeHidden();
    await box(page, 'Address').fill('https://example.com/login?a=b');
    await box(page, 'Password').fill(password);
    await names.moreOptions(page).click();
    await names.encrypt(page).getByRole('radio', { name: encrypt }).check();
    const { link } = await createLink(page);
    expect(await page.content()).not.toContain(password);

    const recipient = await anotherPerson();
    await openSecret(recipient, link);
    const secret = names.opened(recipient);
    await expect(secret.getByRole('term')).toHaveText(['Address', 'Password']);
    const address = secret.getByRole('link', { name: 'https://example.com/login?a=b' });
    await expect(address).toHaveAttribute('target', '_blank');
    await expect(address).toHaveAttribute('rel', /noreferrer/);

    expect(await recipient.content(), 'masked until it is shown').not.toContain(password);
    await button(recipient, 'Show Password').click();
    await expect(secret.getByText(password, { exact: true })).toBeVisible();
    await button(recipient, 'Hide Password').click();
    await expect(secret.getByText(password)).toHaveCount(0);

    await button(recipient, 'Copy Password').click();
    await expect(recipient.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
    expect(await pasted(recipient.context())).toBe(password);
    const lines = `Address: https://example.com/login?a=b\nPassword: ${password}`;
    const downloading = recipient.waitForEvent('download');
    await names.download(recipient).click();
    expect(await contentOf(await downloading)).toBe(lines);

    await pressTwice(recipient, 'Delete from this page');
    await expect(names.heading(recipient)).toHaveText('The secret is not here any more');
    expect(await recipient.content()).not.toContain('example.com/login');
  });
}

test('labels and values are text and nothing but text, and only the web is linked to', async ({
  page,
  origin,
}) => {
  const fields: SecretField[] = [
    { kind: 'text', label: '<img src=x onerror=alert(1)>', value: '<script>alert(2)</script>' },
    { kind: 'url', label: 'Address', value: 'javascript:alert(3)' },
    { kind: 'url', label: 'Not of the web', value: 'data:text/html,<b>4</b>' },
    { kind: 'multiline', label: 'Key', value: '  one\n\n\ttwo <i>\n' },
    { kind: 'text', label: 'Left empty', value: '' },
  ];
  page.on('dialog', () => {
    throw new Error('Something in the secret was run.');
  });
  const { link } = await sealInBrowser(origin, { secret: fields });
  await openSecret(page, link);
  const secret = names.opened(page);
  await expect(secret.getByRole('term')).toHaveText(fields.map(({ label }) => label));
  for (const { value } of fields.slice(0, 3)) await expect(secret.getByText(value)).toBeVisible();
  await expect(secret.getByRole('link')).toHaveCount(0);
  expect(await secret.getByRole('group', { name: 'Key' }).textContent()).toBe(fields[3]?.value);
  await expect(secret.getByRole('definition').last()).toHaveText('left empty');
});

test('fields of one’s own are added, named, moved and removed, by keyboard too, without losing what is in them', async ({
  page,
  anotherPerson,
}) => {
  await startComposing(page);
  await shape(page).selectOption('Own fields');
  await row(page, 1).getByLabel('Label').fill('Recovery codes');
  await row(page, 1).getByLabel('Kind').selectOption('Several lines');
  await box(page, 'Recovery codes').fill('one\ntwo');
  await button(page, 'Add a field').press('Enter');
  await expect(row(page, 2).getByLabel('Label'), 'ready to be named').toBeFocused();
  await page.keyboard.type('Account');
  await page.keyboard.press('Enter');
  await box(page, 'Account').fill('ada');
  await button(page, 'Add a field').click();
  await button(page, 'Move Account up').press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'field 1 of 3' })).toBeAttached();
  await expect(button(page, 'Move Account down'), 'the other way is left').toBeFocused();
  await button(page, 'Remove Field 3').click();
  await expect(row(page, 2).getByLabel('Label')).toBeFocused();

  const { link } = await createLink(page);
  const recipient = await anotherPerson();
  await openSecret(recipient, link);
  await expect(names.opened(recipient).getByRole('term')).toHaveText(['Account', 'Recovery codes']);
  await names.copySecret(recipient).click();
  await expect(recipient.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await pasted(recipient.context())).toBe('Account: ada\nRecovery codes: one\ntwo');
});

test('what is wrong with fields is said beside them, and nothing typed is lost', async ({
  page,
}) => {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.method()));
  await startComposing(page);
  await names.secret(page).fill('begun as a text');
  await shape(page).selectOption('Database');
  await names.create(page).click();
  await expect(box(page, 'Host')).toBeFocused();
  await expect(page.getByRole('group', { name: 'Your secret' })).toHaveAccessibleDescription(
    /Fill in at least one field/,
  );

  await box(page, 'Host').fill('db.example.com');
  await expect(page.getByText('Fill in at least one field')).toBeHidden();
  await page.getByText('Change the fields').click();
  await row(page, 1).getByLabel('Label').fill('');
  await names.create(page).click();
  const label = row(page, 1).getByLabel('Label');
  await expect(label).toBeFocused();
  await expect(label).toHaveAccessibleDescription(/Give this field a label/);
  await label.fill('Server');
  await expect(label).not.toHaveAttribute('aria-invalid', 'true');

  await box(page, 'Password').fill('x'.repeat(1_048_576));
  await names.create(page).click();
  await expect(page.getByRole('group', { name: 'Your secret' })).toHaveAccessibleDescription(
    /too large/,
  );
  expect(sent).not.toContain('POST');

  await shape(page).selectOption('Plain text');
  await expect(names.secret(page)).toHaveValue('begun as a text');
  await names.secret(page).fill('');
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  await shape(page).selectOption('Database');
  await expect(box(page, 'Server')).toHaveValue('db.example.com');
});

async function contentOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
