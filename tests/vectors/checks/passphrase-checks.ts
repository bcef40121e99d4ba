import {
  checkPassphraseLock,
  normalizePassphrase,
  type StretchPassphrase,
} from '@/lib/protocol/passphrase';
import type { PassphraseVectors } from '../vector-shapes';
import { expectBytes, expectRefusal, lockFrom, type VectorCheck } from './vector-check';

export function passphraseChecks(
  { cases, unpairedSurrogates, refusedTexts, refusedLocks }: PassphraseVectors,
  stretchPassphrase: StretchPassphrase,
): VectorCheck[] {
  return [
    ...cases.map(({ name, passphrase, normalized, lock, stretchedPassphrase }) => ({
      name: `passphrase: ${name}`,
      run: async () => {
        const bytes = normalizePassphrase(passphrase, 'verbatim');
        expectBytes('normalised', bytes, normalized);
        const stretched = await stretchPassphrase(bytes, checkPassphraseLock(lockFrom(lock)));
        expectBytes('stretched', stretched, stretchedPassphrase);
      },
    })),
    ...unpairedSurrogates.map(({ codeUnits, normalized }) => ({
      name: 'passphrase: unpaired surrogates become U+FFFD',
      run: () => {
        const passphrase = String.fromCharCode(...codeUnits);
        expectBytes('normalised', normalizePassphrase(passphrase, 'verbatim'), normalized);
      },
    })),
    ...refusedTexts.map(({ name, text, times, error }) => ({
      name: `passphrase refused: ${name}`,
      run: () => expectRefusal(error, () => normalizePassphrase(text.repeat(times), 'verbatim')),
    })),
    ...refusedLocks.map(({ name, lock, error }) => ({
      name: `passphrase lock refused: ${name}`,
      run: () => expectRefusal(error, () => checkPassphraseLock(lockFrom(lock))),
    })),
  ];
}
