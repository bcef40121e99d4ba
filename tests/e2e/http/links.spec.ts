import { changed } from '@/tests/support/changed';
import { postForm, readPostForm } from '../support/html-forms';
import { sealOnServer } from '../support/seal-over-http';
import { expect, test } from '../support/test';

// The server reads the whole of these links, so no browser is needed to see what it makes of them.

test('a server-sealed link that was cut or altered offers nothing to press, says why, and burns nothing', async ({
  origin,
}) => {
  const { link, statusLink } = await sealOnServer(origin, { secret: 'safe' });
  const token = link.slice(-55);
  const status = statusLink.slice(-34);
  const explained: Record<string, string> = {
    [`/m/${token.slice(0, -1)}`]: 'There is no secret here',
    [`/m/${token}A`]: 'There is no secret here',
    [`/m/${changed(token, 0)}`]: 'There is no secret here',
    [`/m/${changed(token, 30)}`]: 'There is no secret here',
    [`/m/${changed(token, 53)}`]: 'There is no secret here',
    [`/m/${token.slice(0, 40)}`]: 'There is no secret here',
    [`/m/${token.slice(0, 33)}`]: 'This link is incomplete',
    [`/m/${status}%23${status.slice(0, 21)}`]: 'This link is incomplete',
    // To the server it is the length of a browser-sealed link whose key stayed in the browser.
    [`/m/${status}`]: 'needs JavaScript',
    [`/s/${token}`]: 'There is nothing here',
    [`/s/${changed(status, 3)}`]: 'There is nothing here',
    [`/s/${status.slice(0, -1)}`]: 'This link is incomplete',
    [`/r/${status.slice(0, -1)}`]: 'This link is incomplete',
    [`/r/${status}A`]: 'There is no request here',
    ...Object.fromEntries(
      ['invitation', 'recover', 'email'].flatMap((kind) => [
        [`/${kind}/${token.slice(0, 42)}`, 'This link is incomplete'],
        [`/${kind}/${token.slice(0, 43)}`, 'can’t be used'],
      ]),
    ),
  };
  for (const [path, words] of Object.entries(explained)) {
    const html = await (await fetch(origin + path)).text();
    expect(html, path).toContain(words);
    expect(html, path).not.toContain('>Open secret<');
  }
  expect(await open(link)).toContain('safe');
});

test('a server-sealed link that a mail gateway rewrote is understood', async ({ origin }) => {
  const { link } = await sealOnServer(origin, { secret: 'arrived' });
  for (const tail of ['?utm_source=mail', '&fbclid=IwAR0', '/', '?a=b%23c']) {
    const answer = await fetch(link + tail);
    expect(await answer.text(), tail).toContain('>Open secret<');
  }
  const { statusLink } = await sealOnServer(origin, { secret: 'asked' });
  for (const tail of ['.', ')', '>', '%20', '?utm_source=mail']) {
    const answer = await fetch(statusLink + tail);
    expect(await answer.text(), tail).toContain('Waiting to be opened');
  }
  expect(await open(`${link}?utm_source=mail&fbclid=IwAR0`)).toContain('arrived');
});

/** Presses the button as a client without a script does. Gives the page that comes. */
async function open(link: string): Promise<string> {
  const form = readPostForm(await (await fetch(link)).text(), link);
  return (await postForm(form, { show: 'yes', intent: 'open' })).text();
}
