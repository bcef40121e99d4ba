/**
 * What keys become (specification: Key schedule, Verifiers, Accounts). Rules: K0 is used once,
 * for one message, and nothing is encrypted or proved with K0 itself; of a password the server is
 * given the sign-in key and nothing else, and neither of an account's keys leads to the other, nor
 * back to the stretched password.
 */
import {
  concatBytes,
  decodeBase64url,
  randomBytes,
  toAtRestKey,
  toEncryptionKey,
  toKeyCommitment,
  toKnockProof,
  toKnockVerifier,
  toLinkVerifier,
  toMessageKey,
  toOpenProof,
  toSignInKey,
  toTokenKey,
  toVaultKey,
  toVerifierKey,
  type AtRestKey,
  type EncryptionKey,
  type KeyCommitment,
  type KnockProof,
  type KnockVerifier,
  type LinkVerifier,
  type MessageKey,
  type OpenProof,
  type ServerKey,
  type SignInKey,
  type StretchedPassphrase,
  type TokenKey,
  type VaultKey,
  type VerifierKey,
} from './bytes';
import {
  AT_REST_KEY_BYTES,
  ENCRYPTION_KEY_BYTES,
  KEY_COMMITMENT_BYTES,
  LABELS,
  MESSAGE_KEY_BYTES,
  PROOF_BYTES,
  SIGN_IN_KEY_BYTES,
  SIV_BYTES,
  TOKEN_CONTENT_BYTES,
  TOKEN_KEY_BYTES,
  VAULT_KEY_BYTES,
  VERIFIER_KEY_BYTES,
} from './constants';
import { deriveBytes, hmac } from './primitives';

export interface ServerKeys {
  readonly tokenKey: TokenKey;
  readonly verifierKey: VerifierKey;
  readonly atRestKey: AtRestKey;
}

/** Derives the three keys of an epoch from its server key (K1). */
export async function deriveServerKeys(serverKey: ServerKey): Promise<ServerKeys> {
  const [tokenKey, verifierKey, atRestKey] = await Promise.all([
    deriveBytes(serverKey, LABELS.token, TOKEN_KEY_BYTES),
    deriveBytes(serverKey, LABELS.linkVerifierKey, VERIFIER_KEY_BYTES),
    deriveBytes(serverKey, LABELS.atRest, AT_REST_KEY_BYTES),
  ]);
  return {
    tokenKey: toTokenKey(tokenKey),
    verifierKey: toVerifierKey(verifierKey),
    atRestKey: toAtRestKey(atRestKey),
  };
}

export interface MessageKeys {
  readonly encryptionKey: EncryptionKey;
  readonly openProof: OpenProof;
  readonly keyCommitment: KeyCommitment;
}

/** Draws a new K0. Never reuse one: its encryption key must see one message only. */
export function createMessageKey(): MessageKey {
  return toMessageKey(randomBytes(MESSAGE_KEY_BYTES));
}

/**
 * Derives what needs the link and, if there is one, the passphrase.
 *
 * @param stretchedPassphrase P; null without a passphrase
 */
export async function deriveMessageKeys(
  messageKey: MessageKey,
  stretchedPassphrase: StretchedPassphrase | null,
): Promise<MessageKeys> {
  const keyMaterial =
    stretchedPassphrase === null ? messageKey : concatBytes(messageKey, stretchedPassphrase);
  const [encryptionKey, openProof, keyCommitment] = await Promise.all([
    deriveBytes(keyMaterial, LABELS.encryption, ENCRYPTION_KEY_BYTES),
    deriveBytes(keyMaterial, LABELS.openProof, PROOF_BYTES),
    deriveBytes(keyMaterial, LABELS.keyCommitment, KEY_COMMITMENT_BYTES),
  ]);
  return {
    encryptionKey: toEncryptionKey(encryptionKey),
    openProof: toOpenProof(openProof),
    keyCommitment: toKeyCommitment(keyCommitment),
  };
}

/** Derives what proves the link alone, before any passphrase is asked for. */
export async function deriveKnockProof(messageKey: MessageKey): Promise<KnockProof> {
  return toKnockProof(await deriveBytes(messageKey, LABELS.knockProof, PROOF_BYTES));
}

export interface AccountKeys {
  readonly signInKey: SignInKey;
  readonly vaultKey: VaultKey;
}

/**
 * Derives the two keys of an account, in the browser in which its password was typed.
 *
 * @param stretchedPassword the password, stretched as a passphrase is (passphrase.ts) with the
 *   account's own salt
 */
export async function deriveAccountKeys(
  stretchedPassword: StretchedPassphrase,
): Promise<AccountKeys> {
  const [signInKey, vaultKey] = await Promise.all([
    deriveBytes(stretchedPassword, LABELS.signIn, SIGN_IN_KEY_BYTES),
    deriveBytes(stretchedPassword, LABELS.vault, VAULT_KEY_BYTES),
  ]);
  return { signInKey: toSignInKey(signInKey), vaultKey: toVaultKey(vaultKey) };
}

/*
 * Verifiers: what the database keeps so that a link can prove itself. HMAC under a key that the
 * database does not have: a copy of it gives nothing to test a guessed link or passphrase against.
 * Compare them in constant time, or in the condition of a statement.
 */

/**
 * H0 of a server seal.
 * @param linkToken M2, 55 characters
 * @throws ProtocolError bad_length, bad_base64url
 */
export async function deriveServerLinkVerifier(
  verifierKey: VerifierKey,
  linkToken: string,
): Promise<LinkVerifier> {
  const sealed = decodeBase64url(linkToken, SIV_BYTES + TOKEN_CONTENT_BYTES.serverSeal);
  return toLinkVerifier(await hmac(verifierKey, LABELS.serverLinkVerifier, sealed));
}

/** H0 of a browser seal. */
export async function deriveOpenVerifier(
  verifierKey: VerifierKey,
  openProof: OpenProof,
): Promise<LinkVerifier> {
  return toLinkVerifier(await hmac(verifierKey, LABELS.openVerifier, openProof));
}

/** What the knock proof of a browser seal is compared with. */
export async function deriveKnockVerifier(
  verifierKey: VerifierKey,
  knockProof: KnockProof,
): Promise<KnockVerifier> {
  return toKnockVerifier(await hmac(verifierKey, LABELS.knockVerifier, knockProof));
}
