import { describe, expect, it } from 'vitest';
import { readAddress } from '@/lib/browser/browser-link';
import { encodeBase64url, randomBytes } from '@/lib/protocol/bytes';
import { createMessageKey } from '@/lib/protocol/keys';

const linkToken = encodeBase64url(randomBytes(25));
const messageKey = createMessageKey();
const key = encodeBase64url(messageKey);
const addressOf = (tail: string) => readAddress(new URL(`https://seal.example/m/${tail}`));

describe('the address of a browser-sealed message', () => {
  it('is used as it is when the key is behind the #', () => {
    expect(addressOf(`${linkToken}#${key}`)).toEqual({
      kind: 'complete',
      link: { linkToken, messageKey },
    });
  });

  it.each([
    `${linkToken}%23${key}`,
    `${linkToken}%23${key}?utm_source=mail`,
    `${linkToken}?utm_source=x#${key}`,
  ])(
    'is left for the proper one before anything is asked, where a gateway rewrote it: %s',
    (tail) => {
      expect(addressOf(tail)).toEqual({ kind: 'rewritten', address: `/m/${linkToken}#${key}` });
    },
  );

  it('without its key says so', () => {
    expect(addressOf(linkToken)).toEqual({ kind: 'keyless', linkToken });
  });

  it.each([`${linkToken}#content`, `${linkToken.slice(1)}#${key}`, 'x'])(
    'of which part is missing says so: %s',
    (tail) => {
      expect(addressOf(tail)).toEqual({ kind: 'incomplete' });
    },
  );

  it.each([`${linkToken}#${key}x`, `${linkToken}x#${key}`, `${linkToken}#no/key`])(
    'is not guessed at: %s',
    (tail) => {
      expect(addressOf(tail)).toEqual({ kind: 'unreadable' });
    },
  );
});
