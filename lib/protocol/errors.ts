/** Why something was refused. For tests and for choosing what to do next; never for showing. */
export type ProtocolErrorCode =
  /** not canonical base64url */
  | 'bad_base64url'
  /** a length that no honest sender can make */
  | 'bad_length'
  /** an envelope or token of a version that this implementation does not know */
  | 'bad_version'
  /** a token that was not made under this key */
  | 'bad_token'
  /** a token whose length and purpose disagree */
  | 'bad_purpose'
  /** a ciphertext made under another key: wrong link or wrong passphrase */
  | 'bad_commitment'
  /** authenticated decryption failed: altered, truncated or moved */
  | 'bad_ciphertext'
  | 'bad_padding'
  /** an envelope of unknown kind, empty, not UTF-8, or with fields that don't add up */
  | 'bad_envelope'
  /** an empty passphrase */
  | 'bad_passphrase'
  /** an Argon2id cost other than the one this version prescribes */
  | 'bad_passphrase_cost'
  /** what a row is bound to can't be written down: a verifier or time out of range */
  | 'bad_binding'
  | 'bad_link'
  /** a public key that nothing can be sealed to */
  | 'bad_public_key'
  /** a seed whose public key is another */
  | 'bad_key_pair'
  /** no recovery code, or one that was mistyped */
  | 'bad_recovery_code'
  /** a secret, passphrase, ciphertext or reply above its limit */
  | 'too_large';

/**
 * Everything the protocol refuses, as one error. Its message is always the same
 * sentence, so that no failure looks different from outside however it is
 * printed; the precise cause is in `code`.
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode) {
    super('Refused by the sealing protocol.');
    this.code = code;
  }
}
