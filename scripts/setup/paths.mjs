import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string[]} parts @returns {string} an absolute path in the checkout */
export function inCheckout(...parts) {
  return join(ROOT, ...parts);
}
