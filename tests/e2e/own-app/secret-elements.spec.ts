import type { Locator } from '@playwright/test';
import type { SecretField } from '@/lib/protocol/envelope';
import { acceptInvitation, invite, setUpSecondFactor, somebody } from '../support/accounts';
import { expect, test, type Agency } from '../support/agency';
import { canary } from '../support/canary';
import { pasted } from '../support/clipboard';
import { askFor, requestNames } from '../support/requests';
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { lookAtSecrets } from '../support/secret-elements';
import { comeToOpen, names, openSecret, sendSecret, startComposing } from '../support/steps';

// In one worker, or each would start an app and make accounts of its own.
test.describe.configure({ mode: 'default', timeout: 120_000 });

const KINDS = ['text', 'password', 'url', 'multiline'] as const;

function fieldsOf(secret: string): SecretField[] {
  return KINDS.map((kind) => ({
    kind,
    label: `${kind} ${secret}`,
    value: kind === 'url' ? `https://example.com/${secret}` : secret,
  }));
}

/** Comes to where something secret is, and says what. */
const places: Readonly<Record<string, (agency: Agency) => Promise<readonly string[]>>> = {
  'the compose page': async ({ desk: page }) => {
    const [secret, passphrase] = [canary('secret'), canary('passphrase')];
    await startComposing(page);
    await names.secret(page).fill(secret);
    await names.passphrase(page).fill(passphrase);
    return [secret, passphrase];
  },
  'the compose page with a generated passphrase': async ({ desk: page }) => {
    await startComposing(page);
    await names.generate(page).click();
    await expect(names.passphrase(page)).not.toBeEmpty();
    return [await names.passphrase(page).inputValue()];
  },
  'the compose page, field by field': async ({ desk: page }) => {
    const secret = canary('secret');
    await startComposing(page);
    await page.getByRole('combobox', { name: 'What to send' }).selectOption('Website login');
    for (const box of await page
      .getByRole('group', { name: 'Your secret' })
      .getByRole('textbox')
      .all()) {
      if (await box.isVisible()) await box.fill(secret);
    }
    return [secret];
  },
  'the page of a link that was made': async ({ desk: page }) => {
    const [secret, passphrase] = [canary('secret'), canary('passphrase')];
    const { link } = await sendSecret(page, { secret, passphrase });
    await page.getByRole('button', { name: 'Show passphrase' }).click();
    expect((await lookAtSecrets(page, [secret])).count, 'it has left the page').toBe(0);
    return [passphrase, link];
  },
  'the page of several links': async ({ desk: page }) => {
    await startComposing(page);
    await names.secret(page).fill('for both');
    await names.moreOptions(page).click();
    await page.getByRole('textbox', { name: 'Recipients' }).fill('Ada\nGrace');
    await names.create(page).click();
    return [
      await names.link(page).first().inputValue(),
      await names.link(page).last().inputValue(),
    ];
  },
  'the page that asks for a passphrase': async ({ app, desk: page }) => {
    const passphrase = canary('passphrase');
    await comeToOpen(page, (await sealInBrowser(app.url, { secret: 'x', passphrase })).link);
    await names.passphrase(page).fill(passphrase);
    return [passphrase];
  },
  'an opened text': async ({ app, desk: page }) => {
    const secret = canary('secret');
    await openSecret(page, (await sealOnServer(app.url, { secret })).link);
    await expect(names.opened(page)).toHaveText(secret);
    return [secret];
  },
  'opened fields': async ({ app, desk: page }) => {
    const secret = canary('secret');
    await openSecret(page, (await sealInBrowser(app.url, { secret: fieldsOf(secret) })).link);
    await names.opened(page).getByRole('button', { name: 'Show' }).click();
    return [secret];
  },
  'an opened secret without JavaScript': async ({ app, device }) => {
    const secret = canary('secret');
    const page = await device({ javaScriptEnabled: false });
    await page.goto((await sealOnServer(app.url, { secret })).link);
    await names.show(page).check();
    await names.open(page).click();
    await expect(names.opened(page)).toHaveText(secret);
    expect(await lookAtSecrets(page, [secret])).toEqual({ count: 1, problems: [] });
    await page.context().close();
    return [];
  },
  'the link of a request': async ({ desk: page }) => {
    const { link } = await askFor(page, { question: 'A key, please.' });
    await page.getByText('Text for an e-mail').first().click();
    return [link];
  },
  'a reply, field by field': async ({ desk: page }) => {
    const secret = canary('reply');
    const { link } = await askFor(page, {
      question: 'A login, please.',
      template: 'Website login',
    });
    await page.goto(link);
    await expect(requestNames.send(page)).toBeVisible();
    for (const box of await page.getByRole('textbox').all()) await box.fill(secret);
    return [secret];
  },
  'an opened reply': async ({ desk: page }) => {
    const secret = canary('reply');
    const { link, inbox } = await askFor(page, { question: 'A key, please.' });
    await page.goto(link);
    await requestNames.freeReply(page).fill(secret);
    await requestNames.send(page).click();
    await expect(names.heading(page)).toHaveText('Sent');
    await page.goto(inbox);
    await requestNames.openReply(page).click();
    await expect(requestNames.reply(page)).toContainText(secret);
    return [secret];
  },
  'the link of an invitation': async ({ desk: page }) => [await invite(page, somebody().email)],
  'a second factor being set up': async ({ device, desk }) => {
    const [page, member] = [await device(), somebody()];
    await acceptInvitation(page, await invite(desk, member.email), member);
    await setUpSecondFactor(page, member.password, async () => {
      const key = await page.getByRole('textbox', { name: 'Key', exact: true }).inputValue();
      const codes = page.getByRole('region', { name: 'Recovery codes' }).getByRole('listitem');
      const { count, problems } = await lookAtSecrets(page, [
        key,
        ...(await codes.allTextContents()),
      ]);
      expect(problems).toEqual([]);
      expect(count).toBeGreaterThan(0);
    });
    return [];
  },
};

for (const [place, come] of Object.entries(places)) {
  test(`nothing secret on ${place} is translated, corrected, completed or offered to a password manager`, async ({
    agency,
  }) => {
    const canaries = await come(agency);
    if (canaries.length === 0) return;
    const { count, problems } = await lookAtSecrets(agency.desk, canaries);
    expect(problems).toEqual([]);
    expect(count, 'there is something to look at').toBeGreaterThan(0);
  });
}

const ODD = '  p@ss  word\ttab \nsecond  line\n\n';

/** Ways to select what an element shows. */
const selections: Readonly<Record<string, (value: Locator) => Promise<void>>> = {
  'a triple click': (value) => value.click({ clickCount: 3, position: { x: 30, y: 12 } }),
  'a selection of all of it': (value) =>
    value.evaluate((element) => getSelection()?.selectAllChildren(element)),
  'a selection that begins before it and ends behind it': (value) =>
    value.evaluate((element) => {
      const range = document.createRange();
      range.setStartBefore(element);
      range.setEndAfter(element);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
    }),
};

for (const [how, select] of Object.entries(selections)) {
  test(`what ${how} copies of an opened secret is exactly its characters`, async ({
    agency: { app, desk: page },
  }) => {
    for (const secret of ['p@ss  word', ODD]) {
      // A triple click takes a line, and that is right: the text of several is selected otherwise.
      if (how === 'a triple click' && secret === ODD) continue;
      await openSecret(page, (await sealInBrowser(app.url, { secret })).link);
      const value = names.opened(page).locator('pre');
      await expect(value).toBeVisible();
      await select(value);
      await page.keyboard.press('ControlOrMeta+c');
      expect(await pasted(page.context())).toBe(secret);
    }
  });

  test(`what ${how} copies of a field is exactly its characters`, async ({
    agency: { app, desk: page },
  }) => {
    const value = 'p@ss  word ';
    const fields = [
      { kind: 'text', label: 'User', value: 'root' },
      { kind: 'text', label: 'Word', value },
      { kind: 'password', label: 'Other', value: 'other' },
    ] as const;
    await openSecret(page, (await sealInBrowser(app.url, { secret: fields })).link);
    const shown = names.opened(page).getByText('p@ss');
    await expect(shown).toBeVisible();
    await select(shown);
    await page.keyboard.press('ControlOrMeta+c');
    expect(await pasted(page.context())).toBe(value);
  });
}

test('a part that is selected of a secret is copied as it is, and with text of the page the page’s own', async ({
  agency: { app, desk: page },
}) => {
  await openSecret(page, (await sealInBrowser(app.url, { secret: ODD })).link);
  const value = names.opened(page).locator('pre');
  await expect(value).toBeVisible();
  await value.evaluate((element) => {
    const [text] = element.childNodes;
    if (text !== undefined) getSelection()?.setBaseAndExtent(text, 17, text, 2);
  });
  await page.keyboard.press('ControlOrMeta+c');
  expect(await pasted(page.context())).toBe(ODD.slice(2, 17));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  expect(await pasted(page.context())).toContain('Your secret');
});
