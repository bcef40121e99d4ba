/** What people do on the pages, by the names that the pages promise. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Composed {
  readonly secret: string;
  readonly passphrase?: string;
  readonly note?: string;
  /** The label of a choice, such as `1 hour`. */
  readonly expiresAfter?: string;
  readonly encrypt?: 'in this browser' | 'on the server, so the link opens without JavaScript';
}

export interface Links {
  /** What the sender sends. */
  readonly link: string;
  /** What the sender keeps. */
  readonly statusLink: string;
}

export const ON_THE_SERVER = 'on the server, so the link opens without JavaScript';

export const names = {
  secret: (page: Page) => page.getByRole('textbox', { name: 'Your secret' }),
  expiresAfter: (page: Page) => page.getByRole('combobox', { name: 'Expires after' }),
  passphrase: (page: Page) => page.getByRole('textbox', { name: 'Passphrase' }),
  generate: (page: Page) => page.getByRole('button', { name: 'Generate' }),
  moreOptions: (page: Page) => page.getByText('More options', { exact: true }),
  note: (page: Page) => page.getByRole('textbox', { name: 'Note to yourself' }),
  encrypt: (page: Page) => page.getByRole('radiogroup', { name: 'Encrypt' }),
  create: (page: Page) => page.getByRole('button', { name: 'Create secret link' }),
  link: (page: Page) => page.getByRole('textbox', { name: 'Secret link' }),
  copyLink: (page: Page) => page.getByRole('button', { name: 'Copy link' }),
  staffDoor: (page: Page) =>
    page.getByRole('contentinfo').getByRole('link', { name: 'Sign in', exact: true }),
  track: (page: Page) => page.getByRole('link', { name: 'Track or destroy this secret' }),
  another: (page: Page) => page.getByRole('button', { name: 'Send another' }),
  open: (page: Page) => page.getByRole('button', { name: 'Open secret' }),
  destroy: (page: Page) => page.getByRole('button', { name: 'Destroy without opening' }),
  show: (page: Page) => page.getByRole('checkbox', { name: 'Show it to me now' }),
  opened: (page: Page) => page.getByRole('region', { name: 'Secret', exact: true }),
  copySecret: (page: Page) => page.getByRole('button', { name: 'Copy secret' }),
  download: (page: Page) => page.getByRole('button', { name: 'Download' }),
  hide: (page: Page) => page.getByRole('button', { name: 'Hide', exact: true }),
  destroyNow: (page: Page) => page.getByRole('button', { name: 'Destroy now' }),
  heading: (page: Page) => page.getByRole('heading', { level: 1 }),
} satisfies Record<string, (page: Page) => Locator>;

/** Presses what can't be taken back, and its answer in the question that this asks. */
export async function pressTwice(page: Page, name: string, confirm = name): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('group').getByRole('button', { name: confirm, exact: true }).click();
}

/** Waits until the page's script has taken its form over from the browser. */
export async function takenOver(page: Page): Promise<void> {
  await page.waitForFunction(() => document.forms.length > 0 && document.forms[0]?.noValidate);
}

/** The same for a page whose form shows no other sign of it. */
export async function takenOverByReact(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.forms[0] ?? {}).some((key) => key.startsWith('__reactProps')),
  );
}

/** Comes to the compose page, with its script running where one does. */
export async function startComposing(page: Page, { withScript = true } = {}): Promise<void> {
  await page.goto('/');
  if (withScript) await takenOver(page);
}

export async function fillIn(page: Page, composed: Composed): Promise<void> {
  const { secret, passphrase, note, expiresAfter, encrypt } = composed;
  await names.secret(page).fill(secret);
  if (expiresAfter !== undefined) await names.expiresAfter(page).selectOption(expiresAfter);
  if (passphrase !== undefined) await names.passphrase(page).fill(passphrase);
  if (note !== undefined || encrypt !== undefined) await names.moreOptions(page).click();
  if (note !== undefined) await names.note(page).fill(note);
  if (encrypt !== undefined) {
    await names.encrypt(page).getByRole('radio', { name: encrypt }).check();
  }
}

/** Presses the button and reads the result. */
export async function createLink(page: Page): Promise<Links> {
  await names.create(page).click();
  return readLinks(page);
}

export async function readLinks(page: Page): Promise<Links> {
  await expect(names.link(page)).not.toBeEmpty();
  const statusLink = await names.track(page).getAttribute('href');
  return {
    link: await names.link(page).inputValue(),
    statusLink: new URL(statusLink ?? '', page.url()).href,
  };
}

/** A secret from a compose page to its link, with a script. */
export async function sendSecret(page: Page, composed: Composed): Promise<Links> {
  await startComposing(page);
  await fillIn(page, composed);
  return createLink(page);
}

/** Comes to an open page whose script, where there is one, is ready for a press. */
export async function comeToOpen(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(names.open(page)).toBeVisible();
  await takenOver(page);
}

export async function openSecret(page: Page, link: string, passphrase?: string): Promise<void> {
  await comeToOpen(page, link);
  if (passphrase !== undefined) await names.passphrase(page).fill(passphrase);
  await names.open(page).click();
}
