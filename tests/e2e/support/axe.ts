import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './test';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Of the rules, those that a colour scheme can break. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * Holds a page, as it stands, to WCAG 2.2 AA as far as a machine can, in both
 * colour schemes. The markup is the same in both, so the second time only what
 * colours decide is looked at.
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // Into the page itself: no page of the app has a frame.
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await page.evaluate(
      findViolations,
      colorScheme === 'light'
        ? { type: 'tag' as const, values: RULES }
        : { type: 'rule' as const, values: COLOUR_RULES },
    );
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
}

/** Runs in the page. */
async function findViolations(runOnly: axe.RunOnly): Promise<string[]> {
  const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`,
    ),
  );
}
