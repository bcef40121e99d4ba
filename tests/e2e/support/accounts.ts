/** Staff on the pages: signing up, inviting, signing in. The first account of an instance is its owner's. */
import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { TOTP } from 'otpauth';

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Somebody whom no other test knows. */
export function somebody(name = 'Ada Lovelace'): Person {
  const id = randomBytes(6).toString('hex');
  return { name, email: `staff-${id}@example.org`, password: `correct horse ${id}` };
}

/** Makes the owner of an empty instance and signs them in. Gives their recovery code. */
export async function signUpOwner(page: Page, person: Person): Promise<string> {
  await page.goto('/sign-up');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(person.email);
  return finishSignUp(page, person);
}

/** An owner who is signed in invites a member. Gives the link of the invitation. */
export async function invite(page: Page, email: string): Promise<string> {
  await page.goto('/settings/members');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  return page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
}

/** The same of another owner, which takes the password of who invites. */
export async function inviteOwner(
  page: Page,
  email: string,
  { password }: Pick<Person, 'password'>,
): Promise<string> {
  await page.goto('/settings/members');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'Owner' });
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  return page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
}

/** An owner makes a link to a new password for a member. */
export async function makeRecoveryLink(
  page: Page,
  member: Pick<Person, 'name'>,
  { password }: Pick<Person, 'password'>,
): Promise<string> {
  await page.goto('/settings/members');
  await page.getByText(`Manage ${member.name}`).click();
  await page.getByRole('button', { name: 'Make recovery link' }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Yes, make the link' }).click();
  return page.getByRole('textbox', { name: 'Recovery link' }).inputValue();
}

/** Makes the account of an invitation and signs it in. Gives its recovery code. */
export async function acceptInvitation(page: Page, link: string, person: Person): Promise<string> {
  await page.goto(link);
  return finishSignUp(page, person);
}

async function finishSignUp(page: Page, { name, password }: Person): Promise<string> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  const region = page.getByRole('region', { name: 'Recovery code' });
  const code = (await region.getByRole('paragraph').textContent()) ?? '';
  await page.getByRole('button', { name: 'I have saved it' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible();
  return code;
}

export interface SecondFactor {
  /** base32, as an authenticator app takes it */
  readonly key: string;
  readonly recoveryCodes: readonly string[];
}

/** Sets an authenticator app up. `look` sees the step at which the app is asked for. */
export async function setUpSecondFactor(
  page: Page,
  password: string,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<SecondFactor> {
  await page.goto('/settings/security/second-factor');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  const key = await page.getByRole('textbox', { name: 'Key', exact: true }).inputValue();
  await look();
  const codes = page.getByRole('region', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const recoveryCodes = await codes.allTextContents();
  await page.getByRole('textbox', { name: 'Code' }).fill(new TOTP({ secret: key }).generate());
  await page.getByRole('button', { name: 'I have saved them' }).click();
  return { key, recoveryCodes };
}

/** Signs in. `code` of the second factor, for those who have one. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Person, 'email' | 'password'>,
  code: string | null = null,
): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  if (code !== null) {
    await page.getByRole('textbox', { name: 'Code' }).fill(code);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }
  await expect(page.getByRole('heading', { name: 'Dashboard', level: 1 })).toBeVisible();
}
