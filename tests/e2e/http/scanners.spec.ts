import { postFields, postForm, readForms, readPostForm } from '../support/html-forms';
import { knock, openOverHttp, sealInBrowser, sealOnServer } from '../support/seal-over-http';
import { expect, test } from '../support/test';
import { newNonce } from '../support/wrong-passphrases';

const SECRET = 'not for machines';

/** What mail gateways, chat previews and browsers that guess ahead send. */
const SCANNERS: readonly Record<string, string>[] = [
  { 'Sec-Purpose': 'prefetch' },
  { 'Sec-Purpose': 'prefetch;prerender' },
  { Purpose: 'prefetch' },
  { 'X-Moz': 'prefetch' },
  { 'Next-Router-Prefetch': '1', RSC: '1' },
  { RSC: '1' },
  { Range: 'bytes=0-99' },
  { 'User-Agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' },
  { 'User-Agent': 'facebookexternalhit/1.1', Accept: '*/*' },
  { 'User-Agent': 'Mozilla/5.0 (compatible; SkypeUriPreview; BingPreview/1.0b)' },
  { 'User-Agent': 'WhatsApp/2.23.20.0', Accept: 'image/*' },
  { 'X-HTTP-Method-Override': 'POST', 'X-Original-Method': 'POST' },
];

test('looking at a link, with whatever method and headers, opens nothing', async ({ origin }) => {
  const server = await sealOnServer(origin, { secret: SECRET });
  const browser = await sealInBrowser(origin, { secret: SECRET });
  for (const link of [server.link, browser.link, server.statusLink]) {
    for (const headers of SCANNERS) {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        const answer = await fetch(link, { method, headers });
        expect(await answer.text(), `${method} ${JSON.stringify(headers)}`).not.toContain(SECRET);
        expect(answer.status).toBeLessThan(500);
      }
    }
  }
  await expectServerSealed(server.link);
  await expectBrowserSealed(browser);
});

test('posting every form with its default values opens, destroys and makes nothing', async ({
  origin,
}) => {
  const server = await sealOnServer(origin, { secret: SECRET });
  const locked = await sealOnServer(origin, { secret: SECRET, passphrase: 'p' });
  const browser = await sealInBrowser(origin, { secret: SECRET });
  for (const address of [
    server.link,
    locked.link,
    browser.link,
    server.statusLink,
    `${origin}/`,
    `${origin}/how-it-works`,
  ]) {
    const html = await (await fetch(address)).text();
    for (const form of readForms(html, address)) {
      if (form.method === 'GET') continue;
      for (const answer of [
        await postForm(form),
        await postForm(form, { show: '' }),
        await postForm(form, { show: 'on' }),
        await postFields(address, form.fields),
      ]) {
        const text = await answer.text();
        // Asked whether to destroy, or refused.
        expect([200, 400], address).toContain(answer.status);
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain('Secret link');
      }
    }
  }
  await expectServerSealed(server.link);
  await expectBrowserSealed(browser);
  expect(await (await fetch(locked.statusLink)).text()).toContain('Waiting to be opened');
});

test('a client that sends the box ticked opens, so that the tests above prove something', async ({
  origin,
}) => {
  await expectServerSealed((await sealOnServer(origin, { secret: SECRET })).link);
});

async function expectServerSealed(link: string): Promise<void> {
  const form = readPostForm(await (await fetch(link)).text(), link);
  const answer = await postForm(form, { show: 'yes', intent: 'open' });
  expect(await answer.text()).toContain(SECRET);
}

async function expectBrowserSealed(
  sealed: Awaited<ReturnType<typeof sealInBrowser>>,
): Promise<void> {
  expect((await knock(sealed))?.status).toBe('waiting');
  expect(await openOverHttp(sealed, newNonce())).toBe(SECRET);
}
