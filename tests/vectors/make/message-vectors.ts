import { fixed } from '../reference/primitives';
import * as values from '../reference/values';
import type { LockVector, MessageVector, MessageVectors } from '../vector-shapes';
import { hexOf } from './hex-of';
import { lockOf, stretch } from './passphrase-vectors';

interface Story {
  readonly name: string;
  readonly seal: values.SealName;
  /** Sealed on the server before version 3: without an open verifier. */
  readonly isOld?: boolean;
  readonly passphrase: string | null;
  readonly text: string;
}

const STORIES: readonly Story[] = [
  {
    name: 'server seal',
    seal: 'server',
    isOld: true,
    passphrase: null,
    text: 'The wax is still warm.',
  },
  {
    name: 'server seal with a passphrase',
    seal: 'server',
    isOld: true,
    passphrase: 'caf\u00e9 \u2116\uff15',
    text: 'user: root\r\npassword: t0p\u2013dr\u00e4wer\r\n',
  },
  {
    name: 'browser seal',
    seal: 'browser',
    passphrase: null,
    text: '\u5c01\u8721\u672a\u5e72 \u{1f58b}\n',
  },
  {
    name: 'browser seal with a passphrase',
    seal: 'browser',
    passphrase: 'cafe\u0301 not far from the post office',
    text: '1234',
  },
  {
    name: 'browser seal of a longer text',
    seal: 'browser',
    passphrase: null,
    text: 'One line of many, to pass the floor of the padding.\n'.repeat(8),
  },
  {
    name: 'server seal of version 3',
    seal: 'server',
    passphrase: null,
    text: 'The wax has set.',
  },
  {
    name: 'server seal of version 3 with a passphrase',
    seal: 'server',
    passphrase: 'two keys to one door',
    text: 'user: root',
  },
];

export async function makeMessageVectors(): Promise<MessageVectors> {
  const cases: MessageVector[] = [];
  for (const story of STORIES) cases.push(await tell(story));
  return { cases };
}

async function tell({
  name,
  seal,
  isOld = false,
  passphrase,
  text,
}: Story): Promise<MessageVector> {
  const serverKey = fixed('server key 1', 32);
  const epoch = values.serverKeys(serverKey);
  const messageId = fixed(`message id of ${name}`, 8);
  const messageKey = fixed(`message key of ${name}`, 16);
  const lock = passphrase === null ? null : lockOf(name);
  const stretched = await stretchIf(passphrase, lock);
  const keys = values.messageKeys(messageKey, stretched?.stretched ?? null);

  const envelope = values.textEnvelope(text);
  const padded = values.pad(envelope);
  const associatedData = values.associatedData(seal, lock);
  const iv = fixed(`IV of ${name}`, 12);
  const ciphertext = values.ciphertext(keys, iv, associatedData, padded);

  const { linkToken, knockVerifier, fragment } = linkOf(seal, epoch, {
    messageId,
    messageKey,
    ...keys,
  });
  const openVerifier = isOld
    ? null
    : values.verifier('open proof', epoch.verifierKey, keys.openProof).verifier;
  const expiresAtMs = 1_795_392_000_000n;
  const binding = { messageId, seal, expiresAtMs, lock, knockVerifier, openVerifier };
  const atRestAssociatedData = values.atRestAssociatedData(binding);
  const atRestIv = fixed(`at-rest IV of ${name}`, 12);
  const wrapped = values.wrap(epoch.atRestKey, atRestIv, atRestAssociatedData, ciphertext);
  const { tokenKey, verifierKey, atRestKey } = epoch;
  const { encryptionKey, openProof, keyCommitment, knockProof } = keys;

  return {
    name,
    seal,
    ...hexOf({ serverKey, tokenKey, verifierKey, atRestKey, messageId, messageKey }),
    passphrase,
    lock,
    normalizedPassphrase: stretched?.normalized.toString('hex') ?? null,
    stretchedPassphrase: stretched?.stretched.toString('hex') ?? null,
    ...hexOf({ encryptionKey, openProof, keyCommitment, knockProof }),
    text,
    ...hexOf({ envelope, padded, associatedData, iv, ciphertext }),
    linkToken,
    statusToken: values.token(tokenKey, 4, messageId).sealed.toString('base64url'),
    ...hexOf({ knockVerifier, openVerifier }),
    expiresAtMs: expiresAtMs.toString(),
    ...hexOf({ atRestAssociatedData, atRestIv, wrapped }),
    link: `https://seal.example/m/${linkToken}${fragment}`,
  };
}

async function stretchIf(passphrase: string | null, lock: LockVector | null) {
  return passphrase === null || lock === null ? null : stretch(passphrase, lock);
}

function linkOf(
  seal: values.SealName,
  { tokenKey, verifierKey }: ReturnType<typeof values.serverKeys>,
  message: { messageId: Buffer; messageKey: Buffer; knockProof: Buffer },
) {
  const { messageId, messageKey, knockProof } = message;
  if (seal === 'server') {
    const { sealed } = values.token(tokenKey, 1, messageId, messageKey);
    return {
      linkToken: sealed.toString('base64url'),
      knockVerifier: values.verifier('server link', verifierKey, sealed).verifier,
      fragment: '',
    };
  }
  return {
    linkToken: values.token(tokenKey, 2, messageId).sealed.toString('base64url'),
    knockVerifier: values.verifier('knock proof', verifierKey, knockProof).verifier,
    fragment: `#${messageKey.toString('base64url')}`,
  };
}
