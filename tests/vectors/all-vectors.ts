/** The vector files of the repository, for whoever checks an implementation. */
import atRest from './at-rest.json';
import base64url from './base64url.json';
import ciphertext from './ciphertext.json';
import envelope from './envelope.json';
import keySchedule from './key-schedule.json';
import links from './links.json';
import messages from './messages.json';
import padding from './padding.json';
import passphrase from './passphrase.json';
import tokens from './tokens.json';
import type { Vectors } from './vector-shapes';
import verifiers from './verifiers.json';

export const allVectors: Vectors = {
  atRest,
  base64url,
  ciphertext,
  envelope,
  keySchedule,
  links,
  messages,
  padding,
  passphrase,
  tokens,
  verifiers,
};
