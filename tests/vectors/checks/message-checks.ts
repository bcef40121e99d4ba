/** Whole messages, sealed with the vectors' own IVs and opened again. */
import {
  atRestAssociatedData,
  unwrapAtRest,
  wrapAtRest,
  type MessageBinding,
} from '@/lib/protocol/at-rest';
import {
  toAtRestKey,
  toMessageId,
  toMessageKey,
  toTokenKey,
  toVerifierKey,
  toServerKey,
  toIv,
  toOpenProof,
  toKnockProof,
} from '@/lib/protocol/bytes';
import { ciphertextAssociatedData, openMessage, sealMessage } from '@/lib/protocol/ciphertext';
import { decodeEnvelope, encodeTextEnvelope, pad } from '@/lib/protocol/envelope';
import { formatBrowserLink } from '@/lib/protocol/link';
import {
  deriveKnockProof,
  deriveKnockVerifier,
  deriveMessageKeys,
  deriveOpenVerifier,
  deriveServerKeys,
  deriveServerLinkVerifier,
  type MessageKeys,
} from '@/lib/protocol/keys';
import { normalizePassphrase, type StretchPassphrase } from '@/lib/protocol/passphrase';
import { sealBrowserLinkToken, sealServerLinkToken, sealStatusToken } from '@/lib/protocol/tokens';
import { textOf } from '@/tests/support/envelopes';
import type { MessageVector, MessageVectors } from '../vector-shapes';
import {
  bytesOrNull,
  expectBytes,
  expectSame,
  fromHex,
  lockOrNull,
  sealFrom,
  type VectorCheck,
  stretchedOrNull,
} from './vector-check';

export function messageChecks(
  { cases }: MessageVectors,
  stretchPassphrase: StretchPassphrase,
): VectorCheck[] {
  return cases.flatMap((vector) => [
    {
      name: `message, ${vector.name}: keys`,
      run: async () => {
        await checkKeys(vector, stretchPassphrase);
      },
    },
    { name: `message, ${vector.name}: M1`, run: () => checkCiphertext(vector) },
    { name: `message, ${vector.name}: link and verifiers`, run: () => checkLink(vector) },
    { name: `message, ${vector.name}: at rest`, run: () => checkAtRest(vector) },
  ]);
}

function keysOf(vector: MessageVector): Promise<MessageKeys> {
  const messageKey = toMessageKey(fromHex(vector.messageKey));
  return deriveMessageKeys(messageKey, stretchedOrNull(vector.stretchedPassphrase));
}

async function checkKeys(vector: MessageVector, stretch: StretchPassphrase): Promise<void> {
  const epoch = await deriveServerKeys(toServerKey(fromHex(vector.serverKey)));
  expectBytes('token key', epoch.tokenKey, vector.tokenKey);
  expectBytes('verifier key', epoch.verifierKey, vector.verifierKey);
  expectBytes('at-rest key', epoch.atRestKey, vector.atRestKey);
  const lock = lockOrNull(vector.lock);
  if (lock !== null) {
    const normalized = normalizePassphrase(vector.passphrase ?? '', 'verbatim');
    expectBytes('normalised passphrase', normalized, vector.normalizedPassphrase ?? 'none');
    const stretched = await stretch(normalized, lock);
    expectBytes('stretched passphrase', stretched, vector.stretchedPassphrase ?? 'none');
  }
  const keys = await keysOf(vector);
  expectBytes('encryption key', keys.encryptionKey, vector.encryptionKey);
  expectBytes('open proof', keys.openProof, vector.openProof);
  expectBytes('key commitment', keys.keyCommitment, vector.keyCommitment);
  const knockProof = await deriveKnockProof(toMessageKey(fromHex(vector.messageKey)));
  expectBytes('knock proof', knockProof, vector.knockProof);
}

async function checkCiphertext(vector: MessageVector): Promise<void> {
  const seal = sealFrom(vector.seal);
  const lock = lockOrNull(vector.lock);
  const keys = await keysOf(vector);
  const envelope = encodeTextEnvelope(vector.text);
  expectBytes('envelope', envelope, vector.envelope);
  expectBytes('padded', pad(envelope), vector.padded);
  expectBytes('associated data', ciphertextAssociatedData(seal, lock), vector.associatedData);
  const ciphertext = await sealMessage({ seal, envelope, keys, lock }, toIv(fromHex(vector.iv)));
  expectBytes('M1', ciphertext, vector.ciphertext);
  const opened = await openMessage({ seal, ciphertext: fromHex(vector.ciphertext), keys, lock });
  expectSame('text', textOf(decodeEnvelope(opened)), vector.text);
}

async function checkLink(vector: MessageVector): Promise<void> {
  const tokenKey = toTokenKey(fromHex(vector.tokenKey));
  const verifierKey = toVerifierKey(fromHex(vector.verifierKey));
  const messageId = toMessageId(fromHex(vector.messageId));
  const messageKey = toMessageKey(fromHex(vector.messageKey));
  expectSame('status token', sealStatusToken(tokenKey, messageId), vector.statusToken);
  if (vector.openVerifier !== null) {
    const openVerifier = await deriveOpenVerifier(
      verifierKey,
      toOpenProof(fromHex(vector.openProof)),
    );
    expectBytes('open verifier', openVerifier, vector.openVerifier);
  }
  const base = `https://seal.example/m/${vector.linkToken}`;
  if (sealFrom(vector.seal) === 'server') {
    const token = sealServerLinkToken(tokenKey, messageId, messageKey);
    expectSame('link token', token, vector.linkToken);
    const verifier = await deriveServerLinkVerifier(verifierKey, vector.linkToken);
    expectBytes('knock verifier', verifier, vector.knockVerifier);
    expectSame('link', base, vector.link);
    return;
  }
  expectSame('link token', sealBrowserLinkToken(tokenKey, messageId), vector.linkToken);
  const knockVerifier = await deriveKnockVerifier(
    verifierKey,
    toKnockProof(fromHex(vector.knockProof)),
  );
  expectBytes('knock verifier', knockVerifier, vector.knockVerifier);
  expectSame('link', formatBrowserLink(base, messageKey), vector.link);
}

async function checkAtRest(vector: MessageVector): Promise<void> {
  const binding: MessageBinding = {
    messageId: fromHex(vector.messageId),
    seal: sealFrom(vector.seal),
    expiresAtMs: BigInt(vector.expiresAtMs),
    lock: lockOrNull(vector.lock),
    knockVerifier: fromHex(vector.knockVerifier),
    openVerifier: bytesOrNull(vector.openVerifier),
  };
  const key = toAtRestKey(fromHex(vector.atRestKey));
  expectBytes(
    'associated data',
    atRestAssociatedData('message', binding),
    vector.atRestAssociatedData,
  );
  const ciphertext = fromHex(vector.ciphertext);
  const iv = toIv(fromHex(vector.atRestIv));
  expectBytes('wrapped', await wrapAtRest('message', key, ciphertext, binding, iv), vector.wrapped);
  expectBytes(
    'M1',
    await unwrapAtRest('message', key, fromHex(vector.wrapped), binding),
    vector.ciphertext,
  );
}
