import { ENTER, hasLynx, readAfterKeys, TAB, typed } from '../support/lynx';
import { expect, test } from '../support/test';

test.skip(!hasLynx(), 'There is no lynx on this machine (apt-get install lynx).');

/** Past the links at the top: skip, start page, how it works. */
const TO_FORM = TAB.repeat(3);

test('in a text browser a secret goes from form to link to reader', async ({ origin }) => {
  const result = await readAfterKeys(
    `${origin}/`,
    // Secret; expiry, passphrase and note are passed by; the button.
    TO_FORM + typed('read in a terminal') + TAB.repeat(4) + ENTER,
  );
  expect(result).toContain('Your link is ready');
  const link = readLink(result, origin);

  const opened = await readAfterKeys(link, TO_FORM + ENTER + TAB + ENTER);
  expect(opened).toContain('read in a terminal');
  expect(opened).toContain('This was the only copy');

  const late = await readAfterKeys(link, '');
  expect(late).toContain('This secret was opened already');
});

test('in a text browser a passphrase is asked for, and the box as well', async ({ origin }) => {
  const result = await readAfterKeys(
    `${origin}/`,
    TO_FORM + typed('behind words') + TAB.repeat(2) + typed('words') + TAB.repeat(2) + ENTER,
  );
  const link = readLink(result, origin);

  const unticked = await readAfterKeys(link, TO_FORM + typed('words') + TAB + TAB + ENTER);
  expect(unticked).not.toContain('behind words');
  const wrong = await readAfterKeys(link, TO_FORM + typed('wrong') + TAB + ENTER + TAB + ENTER);
  expect(wrong).toContain('9 tries are left');
  const opened = await readAfterKeys(link, TO_FORM + typed('words') + TAB + ENTER + TAB + ENTER);
  expect(opened).toContain('behind words');
});

/** The link as it stands on the page for a person to read, whole. */
function readLink(page: string, origin: string): string {
  const link = new RegExp(`${origin}/m/[\\w-]{55}(?![\\w-])`).exec(page)?.[0] ?? '';
  expect(link, page).not.toBe('');
  return link;
}
