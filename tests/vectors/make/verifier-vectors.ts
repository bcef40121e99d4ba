import { fixed } from '../reference/primitives';
import { serverKeys, token, verifier } from '../reference/values';
import type { VerifierVectors } from '../vector-shapes';
import { hexOf } from './hex-of';

const KINDS = {
  serverLink: 'server link',
  openProof: 'open proof',
  knockProof: 'knock proof',
} as const;

export function makeVerifierVectors(): VerifierVectors {
  const { tokenKey, verifierKey } = serverKeys(fixed('server key 1', 32));
  const linkToken = token(tokenKey, 1, fixed('message id', 8), fixed('message key', 16)).sealed;
  const proof = fixed('proof', 32);
  const inputs = [
    ['serverLink', linkToken],
    ['openProof', proof],
    ['knockProof', proof],
    ['openProof', Buffer.alloc(32)],
    ['knockProof', Buffer.alloc(32)],
  ] as const;
  return {
    cases: inputs.map(([kind, value]) =>
      hexOf({ kind, verifierKey, value, ...verifier(KINDS[kind], verifierKey, value) }),
    ),
    refusals: [
      refusal('token one byte short', 'serverLink', linkToken.subarray(1)),
      refusal('token of a browser link', 'serverLink', linkToken.subarray(16)),
      refusal('open proof one byte short', 'openProof', proof.subarray(1)),
      refusal('open proof one byte long', 'openProof', Buffer.concat([proof, Buffer.of(0)])),
      refusal('knock proof empty', 'knockProof', Buffer.alloc(0)),
      refusal('knock proof of half its length', 'knockProof', proof.subarray(16)),
    ],
  };

  function refusal(name: string, kind: string, value: Buffer) {
    return { name, error: 'bad_length', ...hexOf({ kind, verifierKey, value }) };
  }
}
