import { beforeAll, describe, expect, it } from 'vitest';
import {
  encodeBase64url,
  randomBytes,
  toKnockProof,
  toOpenProof,
  toServerKey,
  type VerifierKey,
} from '@/lib/protocol/bytes';
import {
  deriveKnockVerifier,
  deriveOpenVerifier,
  deriveServerKeys,
  deriveServerLinkVerifier,
} from '@/lib/protocol/keys';
import { refusalOf } from './refusal';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('verifiers', () => {
  let verifierKey: VerifierKey;

  beforeAll(async () => {
    ({ verifierKey } = await deriveServerKeys(toServerKey(randomBytes(32))));
  });

  it('of one value for two purposes differ: a knock proof never opens', async () => {
    const proof = randomBytes(32);
    const open = await deriveOpenVerifier(verifierKey, toOpenProof(proof));
    const knock = await deriveKnockVerifier(verifierKey, toKnockProof(proof));
    expect(hex(open)).not.toBe(hex(knock));
  });

  it('of one value under two server keys differ: a database gives nothing to test a guess with', async () => {
    const proof = toOpenProof(randomBytes(32));
    const { verifierKey: otherKey } = await deriveServerKeys(toServerKey(randomBytes(32)));
    expect(hex(await deriveOpenVerifier(verifierKey, proof))).not.toBe(
      hex(await deriveOpenVerifier(otherKey, proof)),
    );
  });

  it('of two links differ', async () => {
    const verify = () => deriveServerLinkVerifier(verifierKey, encodeBase64url(randomBytes(41)));
    expect(hex(await verify())).not.toBe(hex(await verify()));
  });

  it('are made of canonical links only', async () => {
    const token = encodeBase64url(randomBytes(41));
    for (const altered of [`${token}=`, token.slice(1), ` ${token.slice(1)}`, '']) {
      expect(await refusalOf(() => deriveServerLinkVerifier(verifierKey, altered))).toMatch(
        /^bad_(length|base64url)$/,
      );
    }
  });
});
