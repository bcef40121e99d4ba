/** What a page must keep to on the smallest screen and under a thumb. */
import type { Locator, Page } from '@playwright/test';
import { expect } from './test';

/** CSS pixels (experience: targets are at least 44 px). */
const TARGET = 44;

/** Nothing is wider than the screen, and whatever is pressed or typed into is large enough. */
export async function expectFits(page: Page, what: string): Promise<void> {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(content, `${what}: width`).toBeLessThanOrEqual(screen);

  for (const control of await visibleControls(page)) {
    const box = await control.boundingBox();
    const name = await control.evaluate((element) => element.outerHTML.slice(0, 160));
    // Half a pixel is rounding.
    expect(box?.height, `${what}: height of ${name}`).toBeGreaterThanOrEqual(TARGET - 0.5);
    expect(box?.width, `${what}: width of ${name}`).toBeGreaterThanOrEqual(TARGET - 0.5);
    expect((box?.x ?? 0) + (box?.width ?? 0), `${what}: right edge of ${name}`).toBeLessThanOrEqual(
      screen,
    );
  }
}

async function visibleControls(page: Page): Promise<Locator[]> {
  const roles = ['button', 'combobox', 'textbox'] as const;
  const controls = await Promise.all(roles.map((role) => page.getByRole(role).all()));
  const summaries = await page.locator('summary').all();
  const all = [...controls.flat(), ...summaries];
  const visible = await Promise.all(all.map((control) => control.isVisible()));
  return all.filter((_, index) => visible[index]);
}

/** Walks through the page with the Tab key; each stop must show that it has the focus. */
export async function expectFocusShows(page: Page, what: string): Promise<void> {
  const stops = new Set<string>();
  await page.getByRole('link', { name: 'Skip to the content' }).focus();
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus);
    if (stop === null || stops.has(stop.name)) break;
    stops.add(stop.name);
    expect(stop.shows, `${what}: focus on ${stop.name}`).toBe(true);
  }
  expect(stops.size, `${what}: stops of the Tab key`).toBeGreaterThan(2);
}

/** The focused element, and whether it, or what stands for it, is outlined. */
function describeFocus(): { name: string; shows: boolean } | null {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const isOutlined = (candidate: Element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(candidate);
    const hasOutline = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    return (hasOutline && outlineColor !== 'rgba(0, 0, 0, 0)') || boxShadow !== 'none';
  };
  const index = [...document.querySelectorAll('*')].indexOf(element);
  const standIns = [element, element.parentElement].filter((candidate) => candidate !== null);
  return {
    name: `${String(index)} ${element.outerHTML.slice(0, 120)}`,
    shows: standIns.some(isOutlined),
  };
}
