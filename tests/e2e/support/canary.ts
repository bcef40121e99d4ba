import { randomBytes } from 'node:crypto';

/** A text that is nowhere by chance. Letters, digits and hyphens only. */
export function canary(name: string): string {
  return `${name}-${randomBytes(12).toString('hex')}`;
}
