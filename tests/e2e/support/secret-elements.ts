/** Finds, in a page, every element that holds something secret, and what is wrong with it. */
import type { Page } from '@playwright/test';

/** What a control must say that a secret is typed into or read from. */
const OF_CONTROLS: Readonly<Record<string, string>> = {
  spellcheck: 'false',
  autocomplete: 'off',
  autocapitalize: 'none',
  autocorrect: 'off',
  'data-1p-ignore': 'true',
  'data-lpignore': 'true',
  'data-bwignore': 'true',
  'data-form-type': 'other',
};

export interface SecretElements {
  /** How many were found. */
  readonly count: number;
  readonly problems: readonly string[];
}

/**
 * Walks the whole page: texts, values of controls and attributes. So what is built later can't
 * escape, as long as it shows one of `canaries`.
 */
export async function lookAtSecrets(
  page: Page,
  canaries: readonly string[],
): Promise<SecretElements> {
  return page.evaluate(
    ({ canaries, ofControls }) => {
      const holds = (text: string) => canaries.some((canary) => text.includes(canary));
      const problems: string[] = [];
      let count = 0;
      for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
        if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName)) continue;
        const isControl =
          element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
        const ownText = [...element.childNodes]
          .filter((node) => node.nodeType === Node.TEXT_NODE)
          .map((node) => node.textContent)
          .join('');
        const attributes = [...element.attributes].map(({ value }) => value).join('\n');
        const texts = [isControl ? element.value : '', ownText, attributes];
        if (!texts.some(holds)) continue;
        count += 1;
        const name = `${element.tagName.toLowerCase()}#${element.id}.${element.className}`;
        if (element.translate) problems.push(`${name} may be translated`);
        if (element.isContentEditable) problems.push(`${name} can be edited`);
        // A hidden one is offered to nobody.
        if (!isControl || element.type === 'hidden') continue;
        for (const [attribute, value] of Object.entries(ofControls)) {
          const found = element.getAttribute(attribute);
          if (found !== value) problems.push(`${name} has ${attribute}=${String(found)}`);
        }
      }
      return { count, problems };
    },
    { canaries, ofControls: OF_CONTROLS },
  );
}
