import fc from 'fast-check';
import { ProtocolError } from '@/lib/protocol/errors';

export const bytes = (constraints: fc.IntArrayConstraints) =>
  fc.uint8Array(constraints).map((drawn) => new Uint8Array(drawn));

export const bytesOf = (length: number) => bytes({ minLength: length, maxLength: length });

/** What people and machines send: every code point, unpaired surrogates, controls, long runs. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map(ofCodeUnits),
  fc.constantFrom('', ' ', '\0', '\ufeff', '\r\n', '__proto__', 'constructor', '%', '%23', '#'),
);

/** The characters of base64url with some that are none, of the lengths that mean something. */
export const nearlyBase64url = (...lengths: number[]) =>
  fc.oneof(
    fc.constantFrom(...lengths).chain((length) => ofAlphabet(length, BASE64URL)),
    fc.constantFrom(...lengths).chain((length) => ofAlphabet(length, `${BASE64URL}=+/ .%#`)),
    fc.nat({ max: 70 }).chain((length) => ofAlphabet(length, BASE64URL)),
  );

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Text that UTF-8 can hold. */
export const wellFormedText = (maxLength: number) => fc.string({ unit: 'binary', maxLength });

function ofAlphabet(length: number, alphabet: string): fc.Arbitrary<string> {
  return fc.string({
    unit: oneOf(alphabet),
    minLength: length,
    maxLength: length,
  });
}

/** One of these characters, all ASCII or of one code unit. */
export function oneOf(characters: string): fc.Arbitrary<string> {
  return fc.constantFrom(...characters.split(''));
}

function ofCodeUnits(units: readonly number[]): string {
  return String.fromCharCode(...units);
}

/**
 * What `work` gives; null where the protocol refused. Anything else that is thrown fails the
 * property.
 */
export function unlessRefused<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

export async function unlessRefusedLater<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
