import { randomBytes } from 'node:crypto';
import { until, type Driver } from './driver';

/** What a flow works with: a started instance, a browser, and what the flows before it left. */
export interface Walk {
  readonly driver: Driver;
  readonly url: string;
  readonly email: string;
  readonly password: string;
  secretLink: string;
  requestLink: string;
  inbox: string;
}

const canary = (what: string) => `${what}-${randomBytes(6).toString('hex')}`;
const SECRET = canary('secret');
const PASSPHRASE = 'tulip anchor meadow';
const REPLY = canary('reply');

const field = (label: string) => `//*[@id=//label[normalize-space(.)='${label}']/@for]`;
const button = (name: string) => `//button[normalize-space(.)='${name}' and not(@disabled)]`;

/** Waits for words on the page. */
async function seen({ driver }: Walk, words: string): Promise<void> {
  const body = `document.body.innerText.includes(${JSON.stringify(words)})`;
  await until(`“${words}” on the page`, async () =>
    (await driver.evaluate(body)) === true ? true : null,
  );
}

/** The page's script has its form: before that a press would post it, or do nothing. */
async function ready({ driver }: Walk): Promise<void> {
  const form = `Object.keys(document.forms[0] ?? {}).some((key) => key.startsWith('__reactProps'))`;
  await until('running script', async () => ((await driver.evaluate(form)) === true ? true : null));
}

async function valueOf({ driver }: Walk, label: string): Promise<string> {
  const value = `[...document.querySelectorAll('textarea, input')].find((control) =>
    [...control.labels ?? []].some((own) => own.textContent.trim() === ${JSON.stringify(label)}))?.value || null`;
  return until(label, async () => (await driver.evaluate(value)) as string | null);
}

async function open(walk: Walk): Promise<void> {
  const { driver } = walk;
  await ready(walk);
  await driver.type(field('Passphrase'), PASSPHRASE);
  await driver.press(button('Open secret'));
  await seen(walk, SECRET);
}

/** In this order: each goes on from the one before. */
export const FLOWS: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  'sign up': async (walk) => {
    const { driver, url, email, password } = walk;
    await driver.goto(`${url}/sign-up`);
    await ready(walk);
    await driver.type(field('Name'), 'Ada Lovelace');
    await driver.type(field('E-mail'), email);
    await driver.type(field('Password'), password);
    await driver.press(button('Create account'));
    await driver.press(button('I have saved it'));
    await seen(walk, 'Dashboard');
  },
  'sign out': async (walk) => {
    await walk.driver.press(button('Sign out'));
    await seen(walk, 'For the staff of');
  },
  'compose with a passphrase': async (walk) => {
    const { driver, url } = walk;
    await driver.goto(`${url}/`);
    await ready(walk);
    await driver.type(field('Your secret'), SECRET);
    await driver.type(field('Passphrase'), PASSPHRASE);
    await driver.press(button('Create secret link'));
    walk.secretLink = await valueOf(walk, 'Secret link');
    await driver.press("//button[contains(., 'Copy link')]");
  },
  open: async (walk) => {
    await walk.driver.goto(walk.secretLink);
    await open(walk);
  },
  'reload, and open again in the same tab': async (walk) => {
    await walk.driver.reload();
    await open(walk);
  },
  'back and forward, without the secret': async (walk) => {
    const { driver, url } = walk;
    await driver.goto(`${url}/how-it-works`);
    await driver.back();
    await seen(walk, 'You can see your secret again');
    if ((await driver.evaluate(`document.body.innerText.includes('${SECRET}')`)) === true) {
      throw new Error('The secret stands on the page again.');
    }
    await driver.forward();
    await until('page after it', async () =>
      (await driver.evaluate('location.pathname')) === '/how-it-works' ? true : null,
    );
  },
  'sign in': async (walk) => {
    const { driver, url, email, password } = walk;
    await driver.goto(`${url}/sign-in`);
    await ready(walk);
    await driver.type(field('E-mail'), email);
    await driver.type(field('Password'), password);
    await driver.press(button('Sign in'));
    await seen(walk, 'New request');
  },
  ask: async (walk) => {
    const { driver, url } = walk;
    await driver.goto(`${url}/requests/new`);
    await driver.type(field('What do you need?'), 'The key, please.');
    await driver.press(button('Create request link'));
    walk.requestLink = await valueOf(walk, 'Request link');
    const inbox = `[...document.links].find((link) => link.pathname.startsWith('/requests/') && link.pathname !== '/requests/new')?.href ?? null`;
    walk.inbox = await until('inbox', async () => (await driver.evaluate(inbox)) as string | null);
  },
  reply: async (walk) => {
    const { driver } = walk;
    await driver.goto(walk.requestLink);
    await driver.type(field('Your reply'), REPLY);
    await driver.press(button('Send securely'));
    await seen(walk, 'Sent');
  },
  read: async (walk) => {
    await walk.driver.goto(walk.inbox);
    await walk.driver.press(button('Open reply'));
    await seen(walk, REPLY);
  },
  'sign out again': async (walk) => {
    await walk.driver.press(button('Sign out'));
    await seen(walk, 'For the staff of');
  },
};
