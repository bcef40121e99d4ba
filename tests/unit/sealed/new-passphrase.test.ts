import { describe, expect, it } from 'vitest';
import { openForm } from '@/lib/sealed/schema';
import { refusalOfNewPassphrase } from '@/lib/sealed/new-passphrase';
import { composeForm } from '@/lib/sealed/sending-schema';
import { checkCompose, readComposeForm } from '@/lib/browser/check-compose';
import { GENERATED_WORDS, generatePassphrase, profileOf } from '@/lib/secrets/generated-words';

describe('a new passphrase', () => {
  it.each([
    ['too long', 'x'.repeat(257), 'passphrase_too_long'],
    ['too long once normalised', '\ufdfa'.repeat(60), 'passphrase_too_long'],
    ['with a line end', 'one\ntwo', 'passphrase_control'],
    ['with a carriage return', 'one\rtwo', 'passphrase_control'],
    ['with a tab', 'one\ttwo', 'passphrase_control'],
    ['with a line separator', 'one\u2028two', 'passphrase_control'],
    ['with a space behind', 'one two ', 'passphrase_space'],
    ['with a space in front', '\u00a0one two', 'passphrase_space'],
    ['with a byte order mark in front', '\ufeffone', 'passphrase_space'],
    ['with a character of 2024', 'one \u{1ccd6}', 'passphrase_too_new'],
    ['with an unassigned character', 'one \u0378', 'passphrase_too_new'],
  ])('is refused by its field, in both seals: %s', (_, passphrase, code) => {
    expect(refusalOfNewPassphrase(passphrase)).toBe(code);
    const posted = { secret: 's', expiresIn: '7d', passphrase };
    const parsed = composeForm.safeParse(posted);
    expect(parsed.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ['passphrase', code],
    ]);
    const form = new FormData();
    for (const [name, value] of Object.entries(posted)) form.set(name, value);
    expect(checkCompose(readComposeForm(form, null))).toEqual({ passphrase: code });
  });

  it.each(['one two', 'Gr\u00f6\u00dfe', '\u5c01\u8721', '\u{1f58b}', 'x'.repeat(256)])(
    'is taken: %s',
    (passphrase) => {
      expect(refusalOfNewPassphrase(passphrase)).toBeNull();
    },
  );

  it('may be entered to open whatever was sealed once, up to the protocol\u2019s own limit', () => {
    const nonce = 'A'.repeat(22);
    const enter = (passphrase: string) =>
      openForm.safeParse({ intent: 'open', token: 't', nonce, show: 'yes', passphrase }).success;
    expect(enter('x'.repeat(1024))).toBe(true);
    expect(enter(' one\ttwo \u{1ccd6} ')).toBe(true);
    expect(enter('x'.repeat(1025))).toBe(false);
  });

  it('forgives case and separators only where it could have been drawn here', async () => {
    const drawn = await generatePassphrase();
    expect(drawn.split('-')).toHaveLength(GENERATED_WORDS);
    expect(await profileOf(drawn)).toBe('words');
    for (const other of [
      drawn.toUpperCase(),
      drawn.replaceAll('-', ' '),
      drawn.split('-').slice(1).join('-'),
      `${drawn}-more`,
      'one-two-three-four-five-xyzzy',
      'Correct horse battery staple',
    ]) {
      expect(await profileOf(other), other).toBe('verbatim');
    }
  });
});
