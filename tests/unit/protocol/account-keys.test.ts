import { describe, expect, it } from 'vitest';
import { createMessageKey, deriveAccountKeys, deriveMessageKeys } from '@/lib/protocol/keys';
import { randomBytes, toStretchedPassphrase } from '@/lib/protocol/bytes';
import { everyBitFlip } from './altered';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const newPassword = () => toStretchedPassphrase(randomBytes(32));

describe('account keys', () => {
  it('are the same wherever the password is stretched, and others for another password', async () => {
    const password = newPassword();
    const first = await deriveAccountKeys(password);
    expect(await deriveAccountKeys(toStretchedPassphrase(Buffer.from(password)))).toEqual(first);
    for (const other of everyBitFlip(password, 16)) {
      const keys = await deriveAccountKeys(toStretchedPassphrase(other));
      expect(hex(keys.signInKey)).not.toBe(hex(first.signInKey));
      expect(hex(keys.vaultKey)).not.toBe(hex(first.vaultKey));
    }
  });

  it('give the server nothing of the vault key: the sign-in key shares no half with it', async () => {
    const password = newPassword();
    const { signInKey, vaultKey } = await deriveAccountKeys(password);
    const halves = [signInKey, vaultKey, password].flatMap((key) => [
      hex(key.subarray(0, 16)),
      hex(key.subarray(16)),
    ]);
    expect(new Set(halves).size).toBe(6);
  });

  it('are no keys of a message, even where a password is used as a passphrase', async () => {
    const password = newPassword();
    const account = await deriveAccountKeys(password);
    const message = await deriveMessageKeys(createMessageKey(), password);
    const keys: Uint8Array[] = [
      account.signInKey,
      account.vaultKey,
      message.encryptionKey,
      message.openProof,
      message.keyCommitment,
    ];
    const all = keys.map((key) => hex(key.subarray(0, 16)));
    expect(new Set(all).size).toBe(5);
  });
});
