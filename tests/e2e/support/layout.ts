/** What a page must keep to on the smallest screen and under a thumb. */
import type { Page } from '@playwright/test';
import { expect } from './test';

/** CSS pixels (experience: targets are at least 44 px). */
const TARGET = 44;

/** Nothing is wider than the screen, and whatever is pressed or typed into is large enough. */
export async function expectFits(page: Page, what: string): Promise<void> {
  const { content, screen, controls } = await page.evaluate(measure);
  expect(content, `${what}: width`).toBeLessThanOrEqual(screen);
  for (const { name, height, width, right } of controls) {
    // Half a pixel is rounding.
    expect(height, `${what}: height of ${name}`).toBeGreaterThanOrEqual(TARGET - 0.5);
    expect(width, `${what}: width of ${name}`).toBeGreaterThanOrEqual(TARGET - 0.5);
    expect(right, `${what}: right edge of ${name}`).toBeLessThanOrEqual(screen);
  }
}

/** Runs in the page. */
function measure() {
  const { scrollWidth: content, clientWidth: screen } = document.documentElement;
  const boxes = 'button, select, textarea, summary, input:not([type=radio], [type=checkbox])';
  const controls = [...document.querySelectorAll(boxes)]
    .filter((control) => control.checkVisibility({ visibilityProperty: true }))
    .map((control) => {
      const { height, width, right } = control.getBoundingClientRect();
      return { name: control.outerHTML.slice(0, 160), height, width, right };
    })
    // What has no extent at all is not there for anybody.
    .filter(({ height, width }) => height > 0 && width > 0);
  return { content, screen, controls };
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

/** How far things moved by themselves since the page was loaded, as browsers count it. */
export function shiftsOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    // What has changed by now is drawn in the next frame, and counted when that is done.
    for (let frame = 0; frame < 2; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const observer = new PerformanceObserver(() => undefined);
    observer.observe({ type: 'layout-shift', buffered: true });
    const shifts = observer.takeRecords() as (PerformanceEntry & { readonly value: number })[];
    observer.disconnect();
    return shifts.reduce((sum, { value }) => sum + value, 0);
  });
}
