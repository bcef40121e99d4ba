import { describe, expect, it } from 'vitest';
import { randomBytes, toRecoverySecret } from '@/lib/protocol/bytes';
import {
  createRecoveryCode,
  deriveRecoveryKey,
  formatRecoveryCode,
  readRecoveryCode,
} from '@/lib/protocol/codes';
import { refusalOf } from './refusal';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('recovery codes', () => {
  it('are eight groups of four, without the letters that are taken for digits', async () => {
    for (let round = 0; round < 100; round += 1) {
      expect(await createRecoveryCode()).toMatch(
        /^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/,
      );
    }
  });

  it('are new every time', async () => {
    const codes = await Promise.all(Array.from({ length: 200 }, createRecoveryCode));
    expect(new Set(codes).size).toBe(200);
  });

  it('give back any secret, however they are typed', async () => {
    for (let round = 0; round < 50; round += 1) {
      const secret = toRecoverySecret(randomBytes(16));
      const code = await formatRecoveryCode(secret);
      const typed = [
        code,
        code.toLowerCase(),
        code.replaceAll('-', ''),
        ` ${code.replaceAll('-', ' \u2013 ')}\n`,
        code.replaceAll('0', 'o').replaceAll('1', 'l'),
        code.replaceAll('0', 'O').replaceAll('1', 'I'),
      ];
      for (const text of typed) expect(await readRecoveryCode(text)).toEqual(secret);
    }
  });

  it('are refused with any one character mistyped', async () => {
    const code = (await createRecoveryCode()).replaceAll('-', '');
    for (let index = 0; index < code.length; index += 1) {
      const others = Array.from(ALPHABET).filter((character) => character !== code[index]);
      for (const other of others) {
        const typed = code.slice(0, index) + other + code.slice(index + 1);
        expect(await refusalOf(() => readRecoveryCode(typed))).toBe('bad_recovery_code');
      }
    }
  });

  it('are refused cut, lengthened, or with any two neighbours swapped', async () => {
    const code = (await createRecoveryCode()).replaceAll('-', '');
    const altered = Array.from(code, (_, index) => [
      code.slice(0, index),
      code.slice(0, index) + code.slice(index, index + 1) + code.slice(index),
      code.slice(0, index) + (code[index + 1] ?? '') + (code[index] ?? '') + code.slice(index + 2),
    ]).flat();
    for (const typed of altered.filter((text) => text !== code)) {
      expect(await refusalOf(() => readRecoveryCode(typed))).toBe('bad_recovery_code');
    }
  });

  it('do not show their key: it is derived, and needs every bit of the secret', async () => {
    const secret = toRecoverySecret(randomBytes(16));
    const key = Buffer.from(await deriveRecoveryKey(secret)).toString('hex');
    expect(key).not.toContain(Buffer.from(secret).toString('hex'));
    const other = toRecoverySecret(secret);
    other[15] = (other[15] ?? 0) ^ 1;
    expect(Buffer.from(await deriveRecoveryKey(other)).toString('hex')).not.toBe(key);
  });
});
