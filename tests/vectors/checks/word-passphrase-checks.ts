import { encodeLock, normalizePassphrase, type StretchPassphrase } from '@/lib/protocol/passphrase';
import { isAssigned } from '@/lib/secrets/unicode-13';
import type { WordPassphraseVectors } from '../vector-shapes';
import { expectBytes, expectRefusal, lockFrom, type VectorCheck } from './vector-check';

export function wordPassphraseChecks(
  { cases, refusedTexts, characters }: WordPassphraseVectors,
  stretchPassphrase: StretchPassphrase,
): VectorCheck[] {
  return [
    ...cases.map(({ name, typed, normalized, lock, encodedLock, stretchedPassphrase }) => ({
      name: `words: ${name}`,
      run: async () => {
        const bytes = normalizePassphrase(typed, 'words');
        expectBytes('normalised', bytes, normalized);
        expectBytes('lock', encodeLock(lockFrom(lock)), encodedLock);
        expectBytes(
          'stretched',
          await stretchPassphrase(bytes, lockFrom(lock)),
          stretchedPassphrase,
        );
      },
    })),
    ...refusedTexts.map(({ name, text, error }) => ({
      name: `words refused: ${name}`,
      run: () => expectRefusal(error, () => normalizePassphrase(text, 'words')),
    })),
    ...characters.map(({ name, codePoint, isAssigned: expected }) => ({
      name: `new passphrase: ${name}`,
      run: () => {
        const text = String.fromCodePoint(Number.parseInt(codePoint, 16));
        if (isAssigned(text) !== expected) throw new Error(`U+${codePoint} is judged wrongly`);
      },
    })),
  ];
}
