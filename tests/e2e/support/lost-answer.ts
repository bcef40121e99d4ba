import type { Page } from '@playwright/test';

/** The next act that posts this field reaches the server and is done, and its answer reaches nobody. */
export async function loseNextAnswer(page: Page, field: string): Promise<void> {
  let isLost = false;
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (isLost || request.method() !== 'POST' || !request.postData()?.includes(field)) {
      await route.fallback();
      return;
    }
    isLost = true;
    const context = page.context();
    const cookies = await context.cookies();
    await route.fetch();
    // Its cookies are in the answer, too.
    await context.clearCookies();
    await context.addCookies(cookies);
    await route.abort('internetdisconnected');
  });
}
