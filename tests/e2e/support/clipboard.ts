import type { BrowserContext } from '@playwright/test';

/** What a person gets who pastes now. No page of the app may read the clipboard, so another one does. */
export async function pasted(context: BrowserContext): Promise<string> {
  const page = await context.newPage();
  try {
    await page.setContent('<textarea aria-label="Paste here"></textarea>');
    const box = page.getByRole('textbox', { name: 'Paste here' });
    await box.focus();
    await page.keyboard.press('ControlOrMeta+v');
    return await box.inputValue();
  } finally {
    await page.close();
  }
}
