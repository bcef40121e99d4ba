/** The vector files of the repository, for whoever checks an implementation. */
import accountKeys from './account-keys.json';
import atRest from './at-rest.json';
import base64url from './base64url.json';
import ciphertext from './ciphertext.json';
import envelope from './envelope.json';
import hpke from './hpke.json';
import keySchedule from './key-schedule.json';
import links from './links.json';
import messages from './messages.json';
import padding from './padding.json';
import passphrase from './passphrase.json';
import recoveryCodes from './recovery-codes.json';
import replies from './replies.json';
import replyAtRest from './reply-at-rest.json';
import requestLinks from './request-links.json';
import requestSeeds from './request-seeds.json';
import requests from './requests.json';
import tokens from './tokens.json';
import vaults from './vaults.json';
import type { Vectors, WordPassphraseVectors } from './vector-shapes';
import verifiers from './verifiers.json';
import wordPassphrases from './word-passphrases.json';

export const allVectors: Vectors = {
  accountKeys,
  atRest,
  base64url,
  ciphertext,
  envelope,
  hpke,
  keySchedule,
  links,
  messages,
  padding,
  passphrase,
  recoveryCodes,
  replies,
  replyAtRest,
  requestLinks,
  requestSeeds,
  requests,
  tokens,
  vaults,
  verifiers,
  wordPassphrases: wordPassphrases as WordPassphraseVectors,
};
