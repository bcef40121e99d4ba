import { describe, expect, it, vi } from 'vitest';
import { ProtocolError } from '@/lib/protocol/errors';
import {
  checkPassphraseLock,
  createPassphraseLock,
  normalizePassphrase,
} from '@/lib/protocol/passphrase';
import { refusalOf } from './refusal';

describe('passphrase', () => {
  it('is the same typed composed or decomposed', () => {
    const typed = 'Größe, Ångström, Ελλάδα, हिन्दी, 한국어, ニホンゴ';
    expect(normalizePassphrase(typed.normalize('NFD'), 'verbatim')).toEqual(
      normalizePassphrase(typed.normalize('NFC'), 'verbatim'),
    );
  });

  it('differs by case, by white space at its ends and by white space inside', () => {
    const forms = ['wax', 'Wax', ' wax', 'wax ', 'w ax', 'w  ax', 'wax\n'];
    const bytes = forms.map((form) =>
      Buffer.from(normalizePassphrase(form, 'verbatim')).toString('hex'),
    );
    expect(new Set(bytes).size).toBe(forms.length);
  });

  it('is measured once normalised, in bytes', async () => {
    expect(await refusalOf(() => normalizePassphrase('x'.repeat(1024), 'verbatim'))).toBe(
      'accepted',
    );
    expect(await refusalOf(() => normalizePassphrase('x'.repeat(1025), 'verbatim'))).toBe(
      'too_large',
    );
    // Two units a letter before, two bytes a letter after: shorter once normalised.
    expect(await refusalOf(() => normalizePassphrase('e\u0301'.repeat(512), 'verbatim'))).toBe(
      'accepted',
    );
    expect(await refusalOf(() => normalizePassphrase('\ufdfa'.repeat(40), 'verbatim'))).toBe(
      'too_large',
    );
    expect(await refusalOf(() => normalizePassphrase('', 'verbatim'))).toBe('bad_passphrase');
  });

  it('is not normalised at all when it is far too long: that would be work for a stranger', () => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    expect(() => normalizePassphrase('a\u0315\u0300'.repeat(100_000), 'verbatim')).toThrow(
      ProtocolError,
    );
    expect(normalize).not.toHaveBeenCalled();
    normalize.mockRestore();
  });

  it('never comes from eight units to one byte, so no good passphrase is refused unread', () => {
    let most = 0;
    for (let point = 1; point < 0x30000; point += 1) {
      if (point >= 0xd800 && point < 0xe000) continue;
      const decomposed = String.fromCodePoint(point).normalize('NFKD');
      const composed = Buffer.byteLength(decomposed.normalize('NFKC'));
      most = Math.max(most, decomposed.length / composed);
    }
    expect(most).toBeLessThan(8);
  });

  it('gets a new salt for every message, at the one cost of this version', () => {
    const locks = Array.from({ length: 200 }, () => createPassphraseLock('verbatim'));
    const salts = new Set(locks.map(({ salt }) => Buffer.from(salt).toString('hex')));
    expect(salts.size).toBe(200);
    for (const lock of locks) {
      expect(lock).toMatchObject({ memoryKiB: 65536, passes: 3, lanes: 1 });
      expect(lock.salt).toHaveLength(16);
      expect(checkPassphraseLock(lock)).toEqual(lock);
    }
  });

  it.each([NaN, Infinity, -1, 0, 1, 65535, 65536.000001, 2 ** 32 + 65536])(
    'is never stretched with %d KiB of memory',
    async (memoryKiB) => {
      const lock = { ...createPassphraseLock('verbatim'), memoryKiB };
      expect(await refusalOf(() => checkPassphraseLock(lock))).toBe('bad_passphrase_cost');
    },
  );

  it('keeps nothing on its lock that does not belong there', () => {
    const lock = { ...createPassphraseLock('verbatim'), secret: 'x' };
    expect(Object.keys(checkPassphraseLock(lock))).toEqual([
      'profile',
      'salt',
      'memoryKiB',
      'passes',
      'lanes',
    ]);
  });
});
