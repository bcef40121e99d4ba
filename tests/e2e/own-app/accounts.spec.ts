import { startApp, type RunningApp } from '@/tests/support/app';
import { acceptInvitation, invite, signIn, signUpOwner, somebody } from '../support/accounts';
import { expectAccessible } from '../support/axe';
import { createPeople, expect, test as base, type AnotherPerson } from '../support/test';

interface Fixtures {
  /** A browser of somebody's own, at this file's app. */
  readonly visitor: () => ReturnType<AnotherPerson>;
}

/** An app of its own for each test: its first account is the owner's. */
const test = base.extend<Fixtures & { app: RunningApp }>({
  app: [
    async ({}, use) => {
      const app = await startApp();
      await use(app);
      await app.stop();
    },
    { timeout: 120_000 },
  ],
  visitor: async ({ app, browser, watch }, use) => {
    const people = createPeople(browser, watch);
    await use(() => people.invite({ baseURL: app.url }));
    await people.leave();
  },
});

test.describe.configure({ mode: 'default' });
test.setTimeout(240_000);

const PAGES = ['', '/security', '/security/second-factor', '/security/recovery-code'];
const OF_OWNERS = ['/members', '/policies'];

test('the settings: accessible, and a new password signs out every other browser', async ({
  visitor,
}) => {
  const owner = somebody();
  const [desk, phone] = [await visitor(), await visitor()];
  await signUpOwner(desk, owner);
  await signIn(phone, owner);
  for (const path of [...PAGES, ...OF_OWNERS]) {
    await desk.goto(`/settings${path}`);
    await expectAccessible(desk, `/settings${path}`);
  }

  // By keyboard alone.
  await desk.goto('/settings');
  await desk.getByLabel('Current password').focus();
  await desk.keyboard.type(owner.password);
  await desk.getByLabel('New password').focus();
  await desk.keyboard.type('another correct horse');
  await desk.keyboard.press('Enter');
  await expect(desk.getByText('Every other browser was signed out')).toBeVisible();
  await phone.reload();
  await expect(phone.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
  await signIn(phone, { ...owner, password: 'another correct horse' });
});

test('a lost password and no recovery code: the page says what is lost, and a new vault is made', async ({
  visitor,
}) => {
  const [owner, member] = [somebody(), somebody('Grace Hopper')];
  const [desk, colleague] = [await visitor(), await visitor()];
  await signUpOwner(desk, owner);
  const link = await invite(desk, member.email);
  await acceptInvitation(colleague, link, member);

  await desk.goto('/settings/members');
  await desk.getByText(`Manage ${member.name}`).click();
  const item = desk.getByRole('listitem').filter({ hasText: member.email });
  await item.getByRole('button', { name: 'Make recovery link' }).click();
  await colleague.goto(await desk.getByRole('textbox', { name: 'Recovery link' }).inputValue());
  await expectAccessible(colleague, 'the page of a recovery link');
  await colleague.getByLabel('New password').fill('a password set anew');
  await colleague.getByRole('radio', { name: 'I don’t have the code' }).check();
  await expect(colleague.getByText('Nothing is lost')).toBeVisible();
  await colleague.getByRole('button', { name: 'Set new password' }).click();
  await expect(colleague.getByText('Tick the box to confirm')).toBeVisible();
  await colleague.getByRole('checkbox').check();
  await colleague.getByRole('button', { name: 'Set new password' }).click();
  await colleague.getByRole('button', { name: 'I have saved it' }).click();
  await signIn(colleague, { ...member, password: 'a password set anew' });

  await colleague.goto('/recover');
  await expect(colleague.getByRole('heading', { level: 1 })).toHaveText('Mail is not set up here');
});
