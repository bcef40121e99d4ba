import { fixed } from '../reference/primitives';
import { stretchWithArgon2 } from '../stretch-with-argon2';
import type { LockVector, PassphraseVectors } from '../vector-shapes';

export const COST = { memoryKiB: 65536, passes: 3, lanes: 1 };

export function lockOf(name: string): LockVector {
  return { salt: fixed(`salt of ${name}`, 16).toString('hex'), ...COST };
}

export function stretch(passphrase: string, lock: LockVector) {
  return stretchBytes(Buffer.from(passphrase.normalize('NFKC'), 'utf8'), lock);
}

export async function stretchBytes(normalized: Buffer, lock: LockVector) {
  const stretched = await stretchWithArgon2(normalized, {
    profile: 'verbatim',
    ...lock,
    salt: Buffer.from(lock.salt, 'hex'),
  });
  return { normalized, stretched: Buffer.from(stretched) };
}

export async function makePassphraseVectors(): Promise<PassphraseVectors> {
  const inputs: [string, string, string][] = [
    ['ASCII', 'seven small sealed letters', 'first'],
    ['the same with another salt', 'seven small sealed letters', 'second'],
    ['composed', 'Gr\u00f6\u00dfe, \u00c5, caf\u00e9', 'third'],
    ['the same, decomposed', 'Gro\u0308\u00dfe, A\u030a, cafe\u0301', 'third'],
    ['the same with the angstrom sign', 'Gr\u00f6\u00dfe, \u212b, caf\u00e9', 'third'],
    ['ligature, numero sign, full-width digit', '\ufb01ne \u2116\uff15', 'fourth'],
    ['the same in plain letters', 'fine No5', 'fourth'],
    ['not Latin', '\u043f\u0435\u0447\u0430\u0442\u044c \u5c01\u8721 \u{1f58b}', 'fifth'],
    ['white space is kept', '  two  spaces\t', 'sixth'],
    ['white space alone', ' ', 'sixth'],
    ['zero character', 'a\u0000b', 'seventh'],
    ['the longest', '\u00e9'.repeat(512), 'eighth'],
  ];
  const cases = [];
  for (const [name, passphrase, salt] of inputs) {
    const lock = lockOf(salt);
    const { normalized, stretched } = await stretch(passphrase, lock);
    cases.push({
      name,
      passphrase,
      normalized: normalized.toString('hex'),
      lock,
      stretchedPassphrase: stretched.toString('hex'),
    });
  }
  const codeUnits = [0x61, 0xd800, 0x62, 0xdc00];
  const normalized = Buffer.from(String.fromCharCode(...codeUnits), 'utf8').toString('hex');
  return {
    cases,
    unpairedSurrogates: [{ codeUnits, normalized }],
    refusedTexts: refusedTexts(),
    refusedLocks: refusedLocks(),
  };
}

function refusedTexts(): PassphraseVectors['refusedTexts'] {
  return [
    { name: 'empty', text: '', times: 1, error: 'bad_passphrase' },
    { name: 'one byte over the limit', text: 'x', times: 1025, error: 'too_large' },
    { name: 'over the limit in bytes only', text: '\u00e9', times: 513, error: 'too_large' },
    { name: 'over the limit once normalised', text: '\ufdfa', times: 60, error: 'too_large' },
    { name: 'far over the limit', text: 'x', times: 1_000_000, error: 'too_large' },
  ];
}

function refusedLocks(): PassphraseVectors['refusedLocks'] {
  const good = lockOf('refused');
  const cost = (name: string, change: Partial<LockVector>) => ({
    name,
    lock: { ...good, ...change },
    error: 'bad_passphrase_cost',
  });
  const salt = (name: string, length: number) => ({
    name,
    lock: { ...good, salt: fixed('salt of refused', length).toString('hex') },
    error: 'bad_length',
  });
  return [
    cost('memory one KiB less', { memoryKiB: 65535 }),
    cost('memory one KiB more', { memoryKiB: 65537 }),
    cost('memory weakest', { memoryKiB: 8 }),
    cost('memory of 4 GiB', { memoryKiB: 4_194_304 }),
    cost('memory that wraps to the right one in 32 bits', { memoryKiB: 2 ** 32 + 65536 }),
    cost('memory fractional', { memoryKiB: 65536.5 }),
    cost('memory negative', { memoryKiB: -65536 }),
    cost('one pass', { passes: 1 }),
    cost('two passes', { passes: 2 }),
    cost('four passes', { passes: 4 }),
    cost('no pass', { passes: 0 }),
    cost('two lanes', { lanes: 2 }),
    cost('no lane', { lanes: 0 }),
    salt('salt empty', 0),
    salt('salt one byte short', 15),
    salt('salt one byte long', 17),
  ];
}
