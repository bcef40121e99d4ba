import { everyPage } from '../support/every-page';
import { expectFits } from '../support/layout';
import { names } from '../support/steps';
import { expect, test } from '../support/test';

test('every page says what it is, fits a phone, and has a way in for staff at its end', async ({
  page,
  origin,
  watch,
}) => {
  watch.allowStatus(404);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const address of Object.keys(await everyPage(origin))) {
    await page.goto(address);
    await expect(names.heading(page), address).toBeVisible();
    await expectFits(page, address);
    await expect(names.staffDoor(page), address).toHaveAttribute('href', '/sign-in');
  }
});
