import type { Locator, Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { refusals, troubles } from '@/messages/en/errors';
import {
  acceptInvitation,
  invite,
  inviteOwner,
  makeRecoveryLink,
  signIn,
  signUpOwner,
  somebody,
  type Person,
} from '../support/accounts';
import { expectAccessible } from '../support/axe';
import { tabTo } from '../support/keyboard';
import { loseNextAnswer } from '../support/lost-answer';
import { expectFits, expectFocusShows } from '../support/layout';
import { startOwnApp } from '../support/own-app';
import { PageWatch } from '../support/page-watch';
import { askFor, requestNames } from '../support/requests';
import { createPeople, expect, test as base, type AnotherPerson } from '../support/test';

interface House {
  /** A browser of somebody's own, at this file's app. */
  readonly visitor: () => ReturnType<AnotherPerson>;
  readonly owner: Person;
  /** Where the owner is signed in. */
  readonly desk: Page;
}

const test = base.extend<object, { house: House }>({
  house: [
    async ({ browser }, use) => {
      const app = await startOwnApp();
      const watch = new PageWatch(app.url);
      // A wrong code of the second factor; a form that was not filled in.
      watch.allowStatus(400, 401);
      // So is an answer that is lost.
      watch.allow(/ERR_INTERNET_DISCONNECTED/);
      const people = createPeople(browser, watch);
      const visitor = () => people.invite({ baseURL: app.url });
      const owner = somebody('Olivia Owner');
      const desk = await visitor();
      await signUpOwner(desk, owner);
      await use({ visitor, owner, desk });
      await people.leave();
      await app.stop();
      expect(watch.problems, 'what the browser complained about').toEqual([]);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

// In one worker, or each would start an app and make accounts of its own.
test.describe.configure({ mode: 'default', timeout: 240_000 });

const PAGES = ['', '/delete', '/security', '/security/second-factor', '/security/recovery-code'];
const OF_OWNERS = ['/members', '/policies'];

test('the settings: accessible, also on the smallest phone, and a new password signs out every other browser', async ({
  house: { visitor, desk },
}) => {
  const whole = desk.viewportSize() ?? { width: 1280, height: 720 };
  await desk.setViewportSize({ width: 320, height: 640 });
  for (const path of [...PAGES, ...OF_OWNERS]) {
    await desk.goto(`/settings${path}`);
    await expectFits(desk, `/settings${path}`);
    await expectFocusShows(desk, `/settings${path}`);
    await expectAccessible(desk, `/settings${path}`);
  }
  await desk.setViewportSize(whole);

  const member = somebody();
  const [laptop, phone] = [await visitor(), await visitor()];
  await loseNextAnswer(laptop, 'vaultSeedByRecovery');
  const joined = acceptInvitation(laptop, await invite(desk, member.email), member);
  await expect(laptop.getByText(troubles.lost_account)).toBeVisible();
  // Made by the first press: the second one goes on with the same account.
  await laptop.getByRole('button', { name: 'I have saved it' }).click();
  await joined;
  await signIn(phone, member);
  await laptop.goto('/settings');
  await tabTo(laptop, 'Current password');
  await laptop.keyboard.type(member.password);
  await tabTo(laptop, 'New password');
  await laptop.keyboard.type('another correct horse');
  await laptop.keyboard.press('Enter');
  await expect(laptop.getByText('Every other browser was signed out')).toBeVisible();
  await expect(laptop.getByRole('button', { name: 'Change password' })).toBeFocused();
  await phone.reload();
  await expect(phone.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
  await signIn(phone, { ...member, password: 'another correct horse' });

  await phone.goto('/settings');
  await loseNextAnswer(phone, 'currentSignInKey');
  await phone.getByLabel('Current password', { exact: true }).fill('another correct horse');
  await phone.getByLabel('New password', { exact: true }).fill('a third correct horse');
  await phone.getByRole('button', { name: 'Change password' }).click();
  await expect(phone.getByText(troubles.lost_password)).toBeVisible();
  await phone.getByRole('button', { name: 'Change password' }).click();
  await expect(phone.getByRole('button', { name: 'Change password' })).toBeEnabled();
  await expect(phone.getByText(troubles.lost_password)).toBeVisible();
  await signIn(phone, { ...member, password: 'a third correct horse' });
});

test('by keyboard alone from an invitation to a lost password without a recovery code: the page says what is lost, and a new vault is made', async ({
  house: { visitor, desk, owner },
}) => {
  const member = somebody('Grace Hopper');
  const colleague = await visitor();
  await colleague.goto(await invite(desk, member.email));
  // The first page dies before its code is kept: there is no account yet, and the invitation is good.
  for (const diesThen of [true, false]) {
    await typeInto(colleague, 'Name', member.name);
    await typeInto(colleague, 'Password', member.password);
    await colleague.keyboard.press('Enter');
    await expect(colleague.getByRole('region', { name: 'Recovery code' })).toBeVisible();
    if (diesThen) await colleague.reload();
  }
  await press(colleague, 'I have saved it');
  await expect(heading(colleague, 'Dashboard')).toBeVisible();

  await colleague.goto(await makeRecoveryLink(desk, member, owner));
  await expectAccessible(colleague, 'the page of a recovery link');
  await typeInto(colleague, 'New password', 'a password set anew');
  const code = colleague.getByRole('radio', { name: 'I have it' });
  for (let presses = 0; presses < 5 && !(await isFocused(code)); presses += 1) {
    await colleague.keyboard.press('Tab');
  }
  await colleague.keyboard.press('ArrowDown');
  await expect(colleague.getByText('Nothing is lost')).toBeVisible();
  await press(colleague, 'Set new password');
  await expect(colleague.getByText('Tick the box to confirm')).toBeVisible();
  await expect(colleague.getByRole('checkbox')).toBeFocused();
  await colleague.keyboard.press('Space');
  await press(colleague, 'Set new password');
  await expect(colleague.getByRole('region', { name: 'Recovery code' })).toBeVisible();
  // What only the old vault reads, and the page has not said.
  const meanwhile = await colleague.context().newPage();
  await askFor(meanwhile, { question: 'Asked meanwhile?' });
  await meanwhile.close();
  await press(colleague, 'I have saved it');
  await expect(colleague.getByText(refusals.losses_changed)).toBeVisible();
  await expect(colleague.getByText('Nobody else can read this request')).toBeVisible();
  await expect(colleague.getByRole('checkbox')).toBeFocused();
  await colleague.keyboard.press('Space');
  await press(colleague, 'I have saved it');
  await expect(heading(colleague, 'Dashboard')).toBeVisible();

  // The browser had the old vault open: what is asked for from here on is for the new one.
  const { link, inbox } = await askFor(colleague, { question: 'A key, please.' });
  const client = await visitor();
  await client.goto(link);
  await requestNames.freeReply(client).fill('sealed to the new vault');
  await requestNames.send(client).click();
  await expect(heading(client, 'Sent')).toBeVisible();
  await colleague.goto(inbox);
  await requestNames.openReply(colleague).click();
  await expect(requestNames.reply(colleague)).toContainText('sealed to the new vault');
  await colleague.getByRole('button', { name: 'Copy reply' }).click();
  await colleague.goto('/dashboard');
  await press(colleague, 'Sign out');
  await colleague.waitForURL('**/sign-in*');
  await expect(colleague.getByText('You are signed out.')).toBeVisible();
  await typeInto(colleague, 'E-mail', member.email);
  await typeInto(colleague, 'Password', 'a password set anew');
  await colleague.keyboard.press('Enter');
  await expect(heading(colleague, 'Dashboard')).toBeVisible();

  await colleague.goto('/recover');
  await expect(colleague.getByRole('heading', { level: 1 })).toHaveText('Mail is not set up here');
});

const isFocused = (control: Locator) =>
  control.evaluate((element) => element === document.activeElement);

const heading = (page: Page, name: string) => page.getByRole('heading', { name });

async function press(page: Page, control: string, key = 'Enter'): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press(key);
}

async function typeInto(page: Page, box: string, text: string): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Enters the password that an act asks for. */
async function prove(page: Page, { password }: Person): Promise<void> {
  await typeInto(page, 'Password', password);
  await page.keyboard.press('Enter');
}

/** A form that was sent from one of its boxes, and is still there. */
async function expectSaved(page: Page, button: string): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(page.getByRole('button', { name: button })).toBeFocused();
}

/** Has the focus, and shows it: what was pressed is gone, or there is something new. */
async function expectTakesOver(place: Locator): Promise<void> {
  await expect(place).toBeFocused();
  await expect(place).toHaveCSS('outline-style', 'solid');
}

/** The settings of one's own account, each changed by the keyboard alone. */
const OWN_SETTINGS: Readonly<Record<string, (page: Page, house: House) => Promise<void>>> = {
  name: async (page) => {
    await page.goto('/settings');
    await typeInto(page, 'Name', 'Olivia King');
    await page.keyboard.press('Enter');
    await expectSaved(page, 'Save name');
  },
  'signing out one browser, then all others': async (page, { visitor, owner }) => {
    const [phone, tablet, other] = [await visitor(), await visitor(), await visitor()];
    for (const device of [phone, tablet, other]) await signIn(device, owner);
    await page.goto('/settings/security');
    const signOut = page.getByRole('button', { name: /^Sign out .+ on / });
    await expect(signOut).toHaveCount(3);
    await press(page, (await signOut.first().getAttribute('aria-label')) ?? '');
    await expect(signOut).toHaveCount(2);
    await expectTakesOver(heading(page, 'Where you are signed in'));
    await press(page, 'Sign out everywhere else');
    await expect(signOut).toHaveCount(0);
    await expectTakesOver(heading(page, 'Where you are signed in'));
  },
  'lock time, and locking': async (page) => {
    await page.goto('/settings/security');
    await press(page, 'Lock when unused for', 'ArrowDown');
    await press(page, 'Save lock time');
    await expectSaved(page, 'Save lock time');
    await page.reload();
    await expect(page.getByRole('combobox', { name: 'Lock when unused for' })).toHaveValue('60');
    await press(page, 'Lock now');
    await expect(page.getByText('The vault is locked in this browser.')).toBeVisible();
    await expectTakesOver(heading(page, 'Vault'));
  },
  'recovery code': async (page, { owner }) => {
    await page.goto('/settings/security/recovery-code');
    await typeInto(page, 'Password', owner.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'recovery code' })).toBeFocused();
    await expect(page.getByRole('region', { name: 'Recovery code' })).toBeVisible();
    await press(page, 'I have saved it');
    await expect(heading(page, 'Security')).toBeVisible();
  },
  'second factor on, and off': async (page, { owner }) => {
    await page.goto('/settings/security/second-factor');
    await typeInto(page, 'Password', owner.password);
    await page.keyboard.press('Enter');
    await expect(heading(page, 'Add this site to your app')).toBeFocused();
    const key = await page.getByRole('textbox', { name: 'Key', exact: true }).inputValue();
    const list = page.getByRole('region', { name: 'Recovery codes' }).getByRole('listitem');
    const [first = '', second = ''] = await list.allTextContents();
    await typeInto(page, 'Code', '000000');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(new TOTP({ secret: key }).generate());
    // It is on, and nobody here knows: the same press makes sure.
    await loseNextAnswer(page, 'codeHashes');
    await page.keyboard.press('Enter');
    await expect(page.getByText(troubles.lost_second_factor)).toBeVisible();
    await expect(list.first()).toHaveText(first);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Recovery codes left: 10 of 10.')).toBeVisible();

    // Another list is shown, and its page dies: the one before is good still.
    const showAnother = async () => {
      await page.goto('/settings/security/second-factor');
      await typeInto(page, 'Password', owner.password);
      await page.keyboard.press('Enter');
      await expect(heading(page, 'New recovery codes')).toBeFocused();
      return (await list.allTextContents())[0] ?? '';
    };
    const unseen = await showAnother();
    const spare = await showAnother();
    expect(new Set([first, unseen, spare]).size).toBe(3);
    await typeInto(page, 'Code', second);
    await loseNextAnswer(page, 'codeHashes');
    await page.keyboard.press('Enter');
    await expect(page.getByText(troubles.lost_codes)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Recovery codes left: 10 of 10.')).toBeVisible();
    await page.goto('/settings/security/second-factor');
    await tabTo(page, 'Make new codes');
    await page.keyboard.press('Tab');
    await page.keyboard.type(owner.password);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Enter the code from your authenticator app.')).toBeVisible();
    await page.keyboard.type(spare);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: 'Set up a second factor' })).toBeVisible();
  },
};

for (const [what, change] of Object.entries(OWN_SETTINGS)) {
  test(`${what}: with the keyboard alone, and the focus stays where one goes on`, async ({
    house,
  }) => {
    await change(house.desk, house);
  });
}

test('people and policies: with the keyboard alone, and the focus stays where one goes on', async ({
  house: { desk, visitor, owner },
}) => {
  const member = somebody('Keyed Member');
  await desk.goto('/settings/members');
  await expect(desk.getByText('The only owner'), 'is offered no way out').toBeAttached();
  await expect(desk.getByText('Make member')).toHaveCount(0);
  await typeInto(desk, 'E-mail', member.email);
  await desk.keyboard.press('Enter');
  const link = desk.getByRole('textbox', { name: 'Invitation link' });
  await expectTakesOver(desk.locator('[tabindex]').filter({ has: link }).last());
  await acceptInvitation(await visitor(), await link.inputValue(), member);

  await desk.goto('/settings/members');
  await typeInto(desk, 'E-mail', 'nobody@example.org');
  await press(desk, 'Role', 'ArrowDown');
  await prove(desk, owner);
  const withdraw = 'Withdraw the invitation of nobody@example.org';
  await expect(desk.getByRole('listitem').filter({ hasText: 'nobody@' })).toContainText('Owner');
  await press(desk, withdraw);
  await expect(desk.getByText('No invitation is waiting.')).toBeVisible();
  await expectTakesOver(heading(desk, 'Waiting invitations'));

  await press(desk, `Manage ${member.name}`);
  const row = desk.getByRole('listitem').filter({ hasText: member.email });
  await press(desk, 'Make owner');
  await expect(
    row.getByRole('group', { name: /can then invite.* nobody tells them/ }),
  ).toBeFocused();
  await press(desk, 'Keep as it is');
  await expect(row.getByRole('button', { name: 'Make owner' })).toBeFocused();
  await desk.keyboard.press('Enter');
  await prove(desk, owner);
  await expect(row.getByRole('button', { name: 'Make member' })).toBeFocused();
  await desk.keyboard.press('Enter');
  await prove(desk, owner);
  await expect(row.getByRole('button', { name: 'Make owner' })).toBeFocused();
  await press(desk, 'Make recovery link');
  await prove(desk, owner);
  const recovery = desk.getByRole('textbox', { name: 'Recovery link' });
  await expectTakesOver(desk.locator('[tabindex]').filter({ has: recovery }).last());
  await press(desk, `Remove ${member.name}`);
  await prove(desk, owner);
  await expect(row).toHaveCount(0);
  await expectTakesOver(heading(desk, 'Who has an account'));

  // An owner who gives the role up: the page makes way for a calm one.
  const second = somebody('Second Owner');
  await desk.goto('/settings/members');
  const theirs = await visitor();
  await acceptInvitation(theirs, await inviteOwner(desk, second.email, owner), second);
  await theirs.goto('/settings/members');
  await press(theirs, `Manage ${second.name}`);
  await press(theirs, 'Make member');
  await prove(theirs, second);
  await expect(heading(theirs, 'This is for owners')).toBeFocused();

  await desk.goto('/settings/policies');
  await press(desk, 'Anyone who reaches the page', 'ArrowDown');
  await press(desk, 'Longest expiry', 'ArrowUp');
  await press(desk, 'Require a passphrase', 'Space');
  await press(desk, 'Save policies');
  await expectSaved(desk, 'Save policies');
  await desk.reload();
  await expect(desk.getByRole('radio', { name: 'Members only' })).toBeChecked();
  await expect(desk.getByRole('combobox', { name: 'Longest expiry' })).toHaveValue('7d');
  await expect(desk.getByRole('checkbox', { name: 'Require a passphrase' })).toBeChecked();
});
