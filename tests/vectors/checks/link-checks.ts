import { readLink } from '@/lib/protocol/link';
import type { LinkVectors } from '../vector-shapes';
import { expectSame, toHex, type VectorCheck } from './vector-check';

export function linkChecks({ cases, refused }: LinkVectors): VectorCheck[] {
  return [
    ...cases.map(({ name, pathname, hash, seal, linkToken, messageKey }) => ({
      name: `link: ${name}`,
      run: () => {
        const link = readLink(pathname, hash);
        expectSame('seal', link?.seal, seal);
        expectSame('link token', link?.linkToken, linkToken);
        const found = link?.seal === 'browser' ? link.messageKey : null;
        expectSame('message key', found === null ? null : toHex(found), messageKey);
      },
    })),
    ...refused.map(({ name, pathname, hash }) => ({
      name: `link refused: ${name}`,
      run: () => expectSame('link', readLink(pathname, hash), null),
    })),
  ];
}
