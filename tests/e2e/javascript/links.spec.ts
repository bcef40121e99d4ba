import type { Page } from '@playwright/test';
import { encodeBase64url } from '@/lib/protocol/bytes';
import { changed } from '@/tests/support/changed';
import vectors from '@/tests/vectors/links.json' with { type: 'json' };
import { sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { names, takenOver } from '../support/steps';
import { expect, test } from '../support/test';
import { tracesOf } from '../support/traces';
import { wiredTest } from '../support/wired-test';

const UNKNOWN = 'There is no secret here';
const INCOMPLETE = 'This link is incomplete';

test('a browser-sealed link that was cut or altered opens nothing, says why, and burns nothing', async ({
  page,
  origin,
  watch,
}) => {
  watch.allowStatus(404);
  const { link, linkToken, messageKey, statusLink } = await sealInBrowser(origin, {
    secret: 'safe',
  });
  const key = encodeBase64url(messageKey);
  const at = (path: string) => `${origin}/m/${path}`;
  const explained: Record<string, string> = {
    [at(linkToken)]: INCOMPLETE,
    [at(`${linkToken}#`)]: INCOMPLETE,
    [at(`${linkToken}#${key.slice(0, -1)}`)]: INCOMPLETE,
    [at(`${linkToken}#${key.slice(0, 5)}`)]: INCOMPLETE,
    [at(`${linkToken}#${key}A`)]: UNKNOWN,
    [at(`${linkToken}#${changed(key, 0)}`)]: UNKNOWN,
    [at(`${linkToken}#${changed(key, 11)}`)]: UNKNOWN,
    [at(`${linkToken.slice(0, -1)}#${key}`)]: INCOMPLETE,
    // Part of a server-sealed one.
    [at('A'.repeat(40))]: INCOMPLETE,
    [at(`${linkToken}A#${key}`)]: UNKNOWN,
    [at(`${changed(linkToken, 0)}#${key}`)]: UNKNOWN,
    [at(`${changed(linkToken, 25)}#${key}`)]: UNKNOWN,
    [at(`${statusLink.slice(-34)}#${key}`)]: UNKNOWN,
    [`${origin}/s/${linkToken}`]: 'There is nothing here',
  };
  for (const [address, heading] of Object.entries(explained)) {
    await comeAfresh(page, address);
    await expect(names.heading(page), address).toHaveText(heading);
    await expect(names.open(page)).toBeHidden();
  }

  await comeAfresh(page, link);
  await names.open(page).click();
  await expect(names.opened(page)).toHaveText('safe');
});

test('the app reads every link of the vectors as the protocol does, rewritten ones too', async ({
  page,
  origin,
  watch,
}) => {
  test.setTimeout(180_000);
  watch.allowStatus(400, 404);
  const browser = await sealInBrowser(origin, { secret: 'arrived' });
  const server = await sealOnServer(origin, { secret: 'waits' });
  const key = encodeBase64url(browser.messageKey);
  /** With what is stored here in the place of what the vectors made up, also where that is cut. */
  const address = ({ pathname, hash }: { readonly pathname: string; readonly hash: string }) =>
    [
      [tokenOf('browser'), browser.linkToken],
      [tokenOf('server'), server.link.slice(server.link.lastIndexOf('/') + 1)],
      ['h0XU4BqsjpXgnp7icAj1uQ', key],
    ].reduce(
      (text, [from = '', to = '']) =>
        text
          .replaceAll(from, to)
          .replaceAll(from.slice(1), to.slice(1))
          .replaceAll(from.slice(0, -1), to.slice(0, -1)),
      `${origin}${pathname}${hash}`,
    );

  for (const link of vectors.cases) {
    if (link.seal === 'server') {
      // Which a browser takes for a slash, or takes away.
      const sent = address(link).replace(/[\\\t\n\r]/g, (mark) => encodeURIComponent(mark));
      const html = await (await fetch(sent)).text();
      expect(html, link.name).toContain('>Open secret<');
      continue;
    }
    await comeAfresh(page, address(link));
    if (link.messageKey === null) {
      await expect(names.heading(page), link.name).toHaveText(INCOMPLETE);
    } else {
      await expect(names.open(page), link.name).toBeVisible();
    }
  }
  for (const link of vectors.refused) {
    if (link.hash === '') {
      // The server reads the whole of it, so no browser is needed to see what it makes of it.
      expect((await fetch(address(link))).status, link.name).toBe(404);
      continue;
    }
    await comeAfresh(page, address(link));
    await expect(names.heading(page), link.name).toHaveText(
      /^There is no|^This link is incomplete/,
    );
    await expect(names.open(page), link.name).toBeHidden();
  }

  await comeAfresh(page, `${origin}/m/${browser.linkToken}/%23${key}`);
  await names.open(page).click();
  await expect(names.opened(page)).toHaveText('arrived');
  await names.copySecret(page).click();
  await expect(page).toHaveURL(`${origin}/m/${browser.linkToken}`);
});

function tokenOf(seal: 'browser' | 'server'): string {
  return vectors.cases.find((link) => link.seal === seal)?.linkToken ?? '';
}

test('a server-sealed link that a mail gateway rewrote opens as it stands', async ({
  page,
  origin,
}) => {
  const { link } = await sealOnServer(origin, { secret: 'arrived' });
  await page.goto(`${link}?utm_source=mail&fbclid=IwAR0#top`);
  await takenOver(page);
  await names.open(page).click();
  await expect(names.opened(page)).toHaveText('arrived');
});

wiredTest(
  'a key that a mail gateway moved into the path is not sent once more by the page',
  async ({ anotherPerson, origin, wire }) => {
    const { linkToken, messageKey } = await sealInBrowser(origin, { secret: 'arrived' });
    const page = await anotherPerson();
    const key = encodeBase64url(messageKey);
    await page.goto(`${wire.origin}/m/${linkToken}%23${key}`);
    await names.open(page).click();
    await expect(names.opened(page)).toHaveText('arrived');
    await names.copySecret(page).click();
    await page.waitForURL((url) => url.hash === '');

    const withKey = wire.recorded.filter(({ bytes }) => tracesOf(key, bytes).length > 0);
    expect(withKey.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET /m/${linkToken}%23${key}`,
    ]);
    expect(wire.recorded.some(({ method }) => method === 'POST')).toBe(true);
  },
);

test('a link pasted over another one of the same message is looked at anew', async ({
  page,
  origin,
  watch,
}) => {
  watch.allowStatus(404);
  const { link } = await sealInBrowser(origin, { secret: 'corrected' });
  await page.goto(link.slice(0, -4));
  await expect(names.heading(page)).toHaveText(INCOMPLETE);
  await page.goto(link);
  await names.open(page).click();
  await expect(names.opened(page)).toHaveText('corrected');
});

/** A new document: going to an address that differs after the `#` alone would keep the old one. */
async function comeAfresh(page: Page, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address);
}
