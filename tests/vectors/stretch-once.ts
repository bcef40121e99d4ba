import {
  encodeBase64url,
  toStretchedPassphrase,
  type StretchedPassphrase,
} from '@/lib/protocol/bytes';
import type { StretchPassphrase } from '@/lib/protocol/passphrase';

/**
 * The same Argon2id, which remembers what it has stretched: several vectors are
 * about spellings that come to the same bytes, and each stretching takes 64 MiB
 * and some tenths of a second. For public test values only.
 */
export function stretchOnce(
  stretch: (...input: Parameters<StretchPassphrase>) => Promise<Uint8Array>,
): StretchPassphrase {
  const known = new Map<string, Promise<StretchedPassphrase>>();
  return (passphraseBytes, lock) => {
    const { salt, memoryKiB, passes, lanes } = lock;
    const texts = [passphraseBytes, salt].map(encodeBase64url);
    const name = [...texts, memoryKiB, passes, lanes].join(' ');
    const stretched = known.get(name) ?? stretch(passphraseBytes, lock).then(toStretchedPassphrase);
    known.set(name, stretched);
    return stretched;
  };
}
