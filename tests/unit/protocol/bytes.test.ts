import { describe, expect, it } from 'vitest';
import * as bytes from '@/lib/protocol/bytes';
import { everyBitFlip } from './altered';
import { refusalOf } from './refusal';

describe('byte strings', () => {
  it.each([
    ['server key', bytes.toServerKey, 32],
    ['token key', bytes.toTokenKey, 64],
    ['verifier key', bytes.toVerifierKey, 32],
    ['at-rest key', bytes.toAtRestKey, 32],
    ['message id', bytes.toMessageId, 8],
    ['message key', bytes.toMessageKey, 16],
    ['stretched passphrase', bytes.toStretchedPassphrase, 32],
    ['encryption key', bytes.toEncryptionKey, 32],
    ['open proof', bytes.toOpenProof, 32],
    ['key commitment', bytes.toKeyCommitment, 16],
    ['knock proof', bytes.toKnockProof, 32],
    ['link verifier', bytes.toLinkVerifier, 32],
    ['knock verifier', bytes.toKnockVerifier, 32],
    ['sign-in key', bytes.toSignInKey, 32],
    ['vault key', bytes.toVaultKey, 32],
    ['recovery secret', bytes.toRecoverySecret, 16],
    ['recovery key', bytes.toRecoveryKey, 32],
    ['vault seed', bytes.toVaultSeed, 32],
    ['vault public key', bytes.toVaultPublicKey, 1216],
    ['request seed', bytes.toRequestSeed, 32],
    ['request public key', bytes.toRequestPublicKey, 1216],
    ['request id', bytes.toRequestId, 8],
    ['reply id', bytes.toReplyId, 8],
  ])('a %s has one length', async (_name, check, length) => {
    const around = [length - 1, length, length + 1];
    for (const other of [...Array(70).keys(), ...around]) {
      const outcome = await refusalOf(() => check(new Uint8Array(other)));
      expect(outcome).toBe(other === length ? 'accepted' : 'bad_length');
    }
  });

  it('are copied when they are named, and no longer a Buffer', () => {
    const buffer = Buffer.alloc(16, 7);
    const messageKey = bytes.toMessageKey(buffer);
    buffer.fill(0);
    expect(messageKey).toEqual(new Uint8Array(16).fill(7));
    expect(Buffer.isBuffer(messageKey)).toBe(false);
  });

  it('are equal in constant time only when every bit is', () => {
    const secret = bytes.randomBytes(32);
    expect(bytes.constantTimeEqual(secret, new Uint8Array(secret))).toBe(true);
    for (const flipped of everyBitFlip(secret)) {
      expect(bytes.constantTimeEqual(secret, flipped)).toBe(false);
    }
    expect(bytes.constantTimeEqual(secret, secret.subarray(1))).toBe(false);
    expect(bytes.constantTimeEqual(secret, new Uint8Array(0))).toBe(false);
    expect(bytes.constantTimeEqual(new Uint8Array(32), new Uint8Array(33))).toBe(false);
  });
});
