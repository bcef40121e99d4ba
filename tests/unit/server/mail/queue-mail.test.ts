import { describe, expect, it } from 'vitest';
import type { Mail } from '@/lib/server/mail/mail';
import { openMail, sealMail } from '@/lib/server/mail/queue-mail';

const key = new Uint8Array(32).fill(7);
const id = '0b6fcd1e-6f0c-4ac5-9d3e-2d8a51c1f4d1';
const mail: Mail = {
  template: 'recovery',
  to: 'anna@example.org',
  name: 'Anna',
  link: 'https://secrets.example.org/recovery/x',
  expiresAt: new Date('2026-05-04T10:00:00Z'),
};

describe('a mail while it waits', () => {
  it('is the same afterwards, times too', async () => {
    expect(await openMail(key, await sealMail(key, { id, mail }))).toEqual({ id, mail });
  });

  it('is encrypted anew each time', async () => {
    const [one, two] = await Promise.all([
      sealMail(key, { id, mail }),
      sealMail(key, { id, mail }),
    ]);
    expect(one.sealed).not.toBe(two.sealed);
    expect(Buffer.from(one.sealed, 'base64url').toString('latin1')).not.toContain('anna');
  });

  it('opens under its own key only', async () => {
    const sealed = await sealMail(key, { id, mail });
    await expect(openMail(new Uint8Array(32), sealed)).rejects.toMatchObject({
      code: 'bad_ciphertext',
    });
  });

  it('is refused when altered, cut, or of another version', async () => {
    const { sealed } = await sealMail(key, { id, mail });
    const altered = `${sealed.slice(0, 40)}${sealed[40] === 'A' ? 'B' : 'A'}${sealed.slice(41)}`;
    for (const payload of [
      { version: 1, sealed: altered },
      { version: 1, sealed: sealed.slice(0, -4) },
      { version: 1, sealed: '' },
      { version: 2, sealed },
      { version: 1, sealed, more: 1 },
      {},
      null,
    ]) {
      await expect(openMail(key, payload)).rejects.toThrow();
    }
  });
});
