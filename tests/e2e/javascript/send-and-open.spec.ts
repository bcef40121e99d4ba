import type { Download } from '@playwright/test';
import { encodeBase64url } from '@/lib/protocol/bytes';
import { MESSAGE_PATH } from '@/lib/protocol/constants';
import { readLink } from '@/lib/protocol/link';
import { qrPath } from '@/lib/qr-path';
import { canary } from '../support/canary';
import { pasted } from '../support/clipboard';
import {
  createLink,
  fillIn,
  names,
  ON_THE_SERVER,
  openSecret,
  pressTwice,
  sendSecret,
  startComposing,
} from '../support/steps';
import { expect, test } from '../support/test';
import { tracesOf } from '../support/traces';
import { wiredTest } from '../support/wired-test';

const MARKUP = '<script>alert(1)</script>\n\t"quotes" & \\ü – 秘密 🔑\n  indented  ';

test('a secret is sealed in the browser and opened once in another one, letter by letter', async ({
  page,
  anotherPerson,
}) => {
  const { link } = await sendSecret(page, { secret: MARKUP });
  expect(sealOf(link)).toBe('browser');

  const recipient = await anotherPerson();
  await openSecret(recipient, link);
  await expect(names.opened(recipient)).toBeVisible();
  expect(await names.opened(recipient).textContent()).toBe(MARKUP);
});

test('a secret is sealed on the server when the sender chooses so under More options', async ({
  page,
  anotherPerson,
}) => {
  const { link } = await sendSecret(page, { secret: MARKUP, encrypt: ON_THE_SERVER });
  expect(sealOf(link)).toBe('server');
  await expect(page.getByText('The server encrypted the secret')).toBeVisible();

  const recipient = await anotherPerson();
  await openSecret(recipient, link);
  await expect(names.opened(recipient)).toBeVisible();
  expect(await names.opened(recipient).textContent()).toBe(MARKUP);
});

for (const encrypt of ['in this browser', ON_THE_SERVER] as const) {
  test(`a generated passphrase opens what it sealed ${encrypt}`, async ({
    page,
    anotherPerson,
  }) => {
    await startComposing(page);
    await fillIn(page, { secret: 'behind six words', encrypt });
    await names.generate(page).click();
    await expect(names.passphrase(page)).not.toBeEmpty();
    const passphrase = await names.passphrase(page).inputValue();
    expect(passphrase.split('-')).toHaveLength(6);
    const { link } = await createLink(page);
    await expect(page.getByText('Send the passphrase another way than the link')).toBeVisible();
    expect(await page.content()).not.toContain(passphrase);
    // It stands beside the link, masked, until this page is left.
    await expect(page.getByRole('button', { name: 'Copy passphrase' })).toBeVisible();
    await page.getByRole('button', { name: 'Show passphrase' }).click();
    await expect(page.getByText(passphrase, { exact: true })).toBeVisible();

    const recipient = await anotherPerson();
    // As a phone writes it: a capital in front, a space behind.
    const typed = `${passphrase.charAt(0).toUpperCase()}${passphrase.slice(1)} `;
    await openSecret(recipient, link, typed);
    await expect(names.opened(recipient)).toHaveText('behind six words');
  });
}

test('two generated passphrases differ', async ({ page }) => {
  await startComposing(page);
  await names.generate(page).click();
  await expect(names.passphrase(page)).not.toBeEmpty();
  const first = await names.passphrase(page).inputValue();
  await names.generate(page).click();
  await expect(names.passphrase(page)).not.toHaveValue(first);
});

test('the result shows one link with its copy button, QR code, expiry and status page', async ({
  page,
  context,
}) => {
  const { link, statusLink } = await sendSecret(page, { secret: 'x', expiresAfter: '1 hour' });
  await expect(names.heading(page)).toBeFocused();
  await expect(names.link(page)).not.toBeEditable();
  expect(new URL(statusLink).pathname).toMatch(/^\/s\/[\w-]{34}$/);

  await names.copyLink(page).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await pasted(context)).toBe(link);

  await page.getByText('Show QR code').click();
  const code = page.getByRole('img', { name: 'QR code of the secret link' });
  await expect(code).toBeVisible();
  expect(await code.locator('path').getAttribute('d')).toBe(qrPath(link).path);

  const until = await page
    .getByText('It can be opened once until')
    .getByRole('time')
    .getAttribute('datetime');
  const minutes = (Date.parse(until ?? '') - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(55);
  expect(minutes).toBeLessThanOrEqual(60.1);
});

test('every expiry of the list can be chosen, seven days being the one that is', async ({
  page,
}) => {
  await page.goto('/');
  await expect(names.expiresAfter(page).getByRole('option', { selected: true })).toHaveText(
    '7 days',
  );
  await expect(names.expiresAfter(page).getByRole('option')).toHaveText([
    '5 minutes',
    '1 hour',
    '4 hours',
    '1 day',
    '3 days',
    '7 days',
    '30 days',
  ]);
});

test('Send another brings an empty form, and asks first while the link was not copied', async ({
  page,
}) => {
  await sendSecret(page, { secret: 'first', passphrase: 'first words', note: 'first note' });
  await names.another(page).click();
  await page.getByRole('button', { name: 'Stay here' }).click();
  await expect(names.link(page)).not.toBeEmpty();
  await pressTwice(page, 'Send another');
  await expect(names.secret(page)).toHaveValue('');
  await sendSecret(page, { secret: 'first', passphrase: 'first words', note: 'first note' });
  await names.copyLink(page).click();
  await names.another(page).click();
  await expect(names.secret(page)).toHaveValue('');
  await expect(names.passphrase(page)).toHaveValue('');
  await names.moreOptions(page).click();
  await expect(names.note(page)).toHaveValue('');
});

test('the opened secret can be copied, downloaded, hidden and shown again, and deleted', async ({
  page,
  anotherPerson,
}) => {
  const { link } = await sendSecret(page, { secret: MARKUP });
  const recipient = await anotherPerson();
  await openSecret(recipient, link);
  await expect(recipient.getByText('This was the only copy')).toBeVisible();

  await names.copySecret(recipient).click();
  await expect(recipient.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await pasted(recipient.context())).toBe(MARKUP);

  const downloading = recipient.waitForEvent('download');
  await names.download(recipient).click();
  expect(await contentOf(await downloading)).toBe(MARKUP);

  await names.hide(recipient).click();
  await expect(names.opened(recipient)).not.toContainText('alert(1)');
  await recipient.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(names.opened(recipient)).toHaveText(MARKUP);
  await pressTwice(recipient, 'Delete from this page');
  await expect(names.heading(recipient)).toHaveText('The secret is not here any more');
  await expect(names.heading(recipient)).toBeFocused();
  expect(await recipient.content()).not.toContain('alert(1)');
});

test.describe('what the browser sends', () => {
  wiredTest(
    'the server never gets a browser-sealed secret, its key or its passphrase',
    async ({ anotherPerson, wire }) => {
      const secret = canary('secret');
      const passphrase = canary('passphrase');
      const sender = await anotherPerson();
      const { link } = await sendSecret(sender, { secret, passphrase, note: 'to be found' });
      const recipient = await anotherPerson();
      await openSecret(recipient, wire.through(link), passphrase);
      await expect(names.opened(recipient)).toHaveText(secret);
      const acknowledged = recipient.waitForResponse(
        (answer) => answer.request().method() === 'POST',
      );
      await names.copySecret(recipient).click();
      // The acknowledgement is the last that is sent.
      await acknowledged;
      await recipient.waitForURL((url) => url.hash === '');

      const sent = Buffer.concat(wire.recorded.map(({ bytes }) => bytes));
      const key = keyOf(link);
      expect(tracesOf('to be found', sent), 'the wire sees what is sent').not.toEqual([]);
      expect(tracesOf(secret, sent)).toEqual([]);
      expect(tracesOf(passphrase, sent)).toEqual([]);
      expect(tracesOf(key, sent)).toEqual([]);
      expect(tracesOf(encodeBase64url(key), sent)).toEqual([]);
    },
  );

  wiredTest(
    'neither does it get what was typed when only one of both can be sealed',
    async ({ anotherPerson, wire }) => {
      const secret = canary('secret');
      const sender = await anotherPerson();
      await startComposing(sender);
      await fillIn(sender, { secret, passphrase: 'p'.repeat(257) });
      await names.create(sender).click();
      await expect(names.passphrase(sender)).toHaveAccessibleDescription(/too long/);
      const sent = Buffer.concat(wire.recorded.map(({ bytes }) => bytes));
      expect(tracesOf(secret, sent)).toEqual([]);
    },
  );
});

function sealOf(link: string): string | undefined {
  const { pathname, hash } = new URL(link);
  return readLink(pathname, hash)?.seal;
}

function keyOf(link: string): Uint8Array {
  const { pathname, hash } = new URL(link);
  expect(pathname.startsWith(MESSAGE_PATH)).toBe(true);
  const read = readLink(pathname, hash);
  if (read?.seal !== 'browser' || read.messageKey === null) throw new Error('no key in the link');
  return read.messageKey;
}

async function contentOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
