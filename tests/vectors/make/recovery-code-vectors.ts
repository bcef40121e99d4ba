import type { RecoveryCodeVectors } from '../account-vector-shapes';
import { recoveryCode } from '../reference/account-values';
import { fixed } from '../reference/primitives';
import { hexOf } from './hex-of';

/** Chosen so that its code holds both a 0 and a 1, which people write as letters. */
const SECRET = fixed('recovery secret 6', 16);
const CODE = recoveryCode(SECRET).code;
const PLAIN = CODE.replaceAll('-', '');

export function makeRecoveryCodeVectors(): RecoveryCodeVectors {
  const secrets = [SECRET, fixed('recovery secret', 16), Buffer.alloc(16), Buffer.alloc(16, 0xff)];
  return {
    cases: secrets.map((secret) => hexOf({ secret, ...recoveryCode(secret) })),
    spellings: [
      spelling('in small letters', CODE.toLowerCase()),
      spelling('without hyphens', PLAIN),
      spelling('with spaces for hyphens', CODE.replaceAll('-', ' ')),
      spelling('with an O for 0', CODE.replaceAll('0', 'O')),
      spelling('with a small o for 0', CODE.replaceAll('0', 'o')),
      spelling('with an I for 1', CODE.replaceAll('1', 'I')),
      spelling('with a small l for 1', CODE.replaceAll('1', 'l')),
      spelling('in two lines, as printed', `${CODE.slice(0, 20)}\r\n${CODE.slice(20)}\n`),
      spelling('with white space around it', ` \t${CODE} `),
      spelling('with no-break spaces', CODE.replaceAll('-', '\u00a0')),
      spelling('with ideographic spaces', CODE.replaceAll('-', '\u3000')),
      spelling('with zero-width spaces', CODE.replaceAll('-', '\u200b')),
      spelling('with a byte order mark', `\ufeff${CODE}`),
      spelling('with no-break hyphens', CODE.replaceAll('-', '\u2011')),
      spelling('with en dashes', CODE.replaceAll('-', ' \u2013 ')),
      spelling('with em dashes', CODE.replaceAll('-', '\u2014')),
      spelling('with minus signs', CODE.replaceAll('-', '\u2212')),
      spelling('with soft hyphens', CODE.replaceAll('-', '\u00ad')),
      spelling('cut up otherwise', PLAIN.replace(/.{5}/g, '$&-')),
    ],
    refusals: [
      refusal('empty', ''),
      refusal('hyphens alone', '-------'),
      refusal('one character short', CODE.slice(0, -1)),
      refusal('one character long', `${CODE}0`),
      refusal('one group short', CODE.slice(5)),
      refusal('first character another', withCharacter(0)),
      refusal('last character another', withCharacter(PLAIN.length - 1)),
      refusal('last character of the secret another', withCharacter(25)),
      refusal('two neighbours swapped', swapped()),
      refusal('groups swapped', CODE.slice(5, 10) + CODE.slice(0, 5) + CODE.slice(10)),
      refusal('a letter that is not in the alphabet', `U${CODE.slice(1)}`),
      refusal('a letter with an accent', `\u00c9${CODE.slice(1)}`),
      refusal('a full-width digit', `\uff11${CODE.slice(1)}`),
      refusal('an underscore between groups', CODE.replaceAll('-', '_')),
      refusal('all zero', '0000-0000-0000-0000-0000-0000-0000-0000'),
      refusal('checksum of another secret', otherChecksum()),
      refusal('far too long', CODE.repeat(100)),
      refusal('right, in more white space than is read', CODE + ' '.repeat(200)),
    ],
    refusedSecrets: [0, 15, 17, 20, 32].map((length) => ({
      name: `${length} bytes`,
      secret: fixed('refused', length).toString('hex'),
      error: 'bad_length',
    })),
  };
}

function spelling(name: string, text: string) {
  return { name, text, secret: SECRET.toString('hex') };
}

function refusal(name: string, text: string) {
  return { name, text, error: 'bad_recovery_code' };
}

function withCharacter(index: number): string {
  const other = PLAIN.charAt(index) === '7' ? '8' : '7';
  return PLAIN.slice(0, index) + other + PLAIN.slice(index + 1);
}

function swapped(): string {
  const index = Array.from(PLAIN).findIndex((character, at) => character !== PLAIN.charAt(at + 1));
  const [first, second] = [PLAIN.charAt(index), PLAIN.charAt(index + 1)];
  return PLAIN.slice(0, index) + second + first + PLAIN.slice(index + 2);
}

/** The code of the right secret with the checksum of another. */
function otherChecksum(): string {
  const other = recoveryCode(fixed('recovery secret', 16)).code.replaceAll('-', '');
  return PLAIN.slice(0, 26) + other.slice(26);
}
