/** What staff and clients do with requests, by the names that the pages promise. */
import { randomBytes } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';
import { SEALED_SEED_BYTES, X_WING_PUBLIC_KEY_BYTES } from '@/lib/protocol/constants';

export const requestNames = {
  question: (page: Page) => page.getByRole('textbox', { name: 'What do you need?' }),
  template: (page: Page) => page.getByRole('combobox', { name: 'Ask for' }),
  repliesAllowed: (page: Page) => page.getByLabel('Replies allowed'),
  create: (page: Page) => page.getByRole('button', { name: 'Create request link' }),
  link: (page: Page) => page.getByRole('textbox', { name: 'Request link' }),
  inbox: (page: Page) => page.getByRole('link', { name: 'See this request and its replies' }),
  send: (page: Page) => page.getByRole('button', { name: 'Send securely' }),
  freeReply: (page: Page) => page.getByRole('textbox', { name: 'Your reply' }),
  openReply: (page: Page) => page.getByRole('button', { name: 'Open reply' }),
  reply: (page: Page) => page.getByRole('region', { name: 'Reply', exact: true }),
  unlock: (page: Page) => page.getByRole('button', { name: 'Unlock' }),
} satisfies Record<string, (page: Page) => Locator>;

export interface Asked {
  /** What the client gets. */
  readonly link: string;
  /** The staff's page about it. */
  readonly inbox: string;
}

/** Asks for a secret, signed in. */
export async function askFor(
  page: Page,
  {
    question,
    template,
    repliesAllowed,
    readers = [],
  }: {
    readonly question: string;
    readonly template?: string;
    readonly repliesAllowed?: number;
    readonly readers?: readonly string[];
  },
): Promise<Asked> {
  await page.goto('/requests/new');
  await requestNames.question(page).fill(question);
  if (template !== undefined) await requestNames.template(page).selectOption(template);
  if (repliesAllowed !== undefined) {
    await requestNames.repliesAllowed(page).fill(String(repliesAllowed));
  }
  for (const name of readers) await page.getByRole('checkbox', { name }).check();
  return createRequest(page);
}

/** Presses the button and reads the result. */
export async function createRequest(page: Page): Promise<Asked> {
  await requestNames.create(page).click();
  await expect(requestNames.link(page)).not.toBeEmpty();
  const inbox = await requestNames.inbox(page).getAttribute('href');
  return {
    link: await requestNames.link(page).inputValue(),
    inbox: new URL(inbox ?? '', page.url()).href,
  };
}

/** What a browser posts for a request, with keys that open nothing, for a reader who is not there. */
export function requestFields(): Record<string, string> {
  const header = Buffer.of(2, 1, 2);
  const sealedSeed = Buffer.concat([header, Buffer.alloc(SEALED_SEED_BYTES.own - header.length)]);
  const reader = {
    accountId: '00000000-0000-4000-8000-000000000000',
    sealedSeed: sealedSeed.toString('base64url'),
    sealedFor: Buffer.alloc(32).toString('base64url'),
    isTold: false,
  };
  return {
    question: 'A key, please.',
    fields: '[]',
    repliesAllowed: '1',
    request: randomBytes(8).toString('hex'),
    publicKey: Buffer.alloc(X_WING_PUBLIC_KEY_BYTES).toString('base64url'),
    readers: JSON.stringify([reader]),
  };
}
