import { keyPair } from '../reference/account-values';
import { sealHpke } from '../reference/hpke';
import { fixed, sha256 } from '../reference/primitives';
import {
  replyAssociatedData,
  requestInfo,
  sealReply,
  wrapReply,
  type ReplyBinding,
} from '../reference/request-values';
import { serverKeys, textEnvelope, token } from '../reference/values';
import type { ReplyAtRestVectors, ReplyVectors } from '../request-vector-shapes';
import { withBitFlipped } from './altered-bytes';
import { hexOf } from './hex-of';

const { tokenKey, atRestKey } = serverKeys(fixed('server key 1', 32));
const request = keyPair(fixed('request seed', 32));
const otherRequest = keyPair(fixed('other request seed', 32));
const requestId = fixed('request id', 8);
const envelope = textEnvelope('user: root\npassword: t0p\u2013dr\u00e4wer');
const randomness = fixed('reply randomness', 64);

export function makeReplyVectors(): ReplyVectors {
  return {
    cases: [
      replyCase('below the floor of the padding', envelope),
      replyCase('above it', textEnvelope('One line of many, to pass the floor.\n'.repeat(8))),
    ],
    long: [longest()],
    lengths: lengths(),
    refusals: refusals(),
  };
}

function replyCase(name: string, ofEnvelope: Buffer) {
  const made = sealReply(ofEnvelope, request.publicKey, randomness);
  const replyId = fixed(`reply id of ${name}`, 8);
  const atRestIv = fixed(`at-rest IV of ${name}`, 12);
  const binding = { replyId, requestId };
  const wrapped = wrapReply(atRestKey, atRestIv, binding, made.sealed);
  return {
    name,
    ...hexOf({ requestSeed: request.seed, requestPublicKey: request.publicKey }),
    ...hexOf({ envelope: ofEnvelope, randomness, ...made, tokenKey, atRestKey, ...binding }),
    statusToken: token(tokenKey, 5, replyId).sealed.toString('base64url'),
    ...hexOf({ atRestAssociatedData: replyAssociatedData(binding), atRestIv, wrapped }),
  };
}

function longest(): ReplyVectors['long'][number] {
  const [text, times] = ['x', 1_048_576];
  const { sealed } = sealReply(textEnvelope(text.repeat(times)), request.publicKey, randomness);
  return {
    name: 'the longest',
    text,
    times,
    ...hexOf({ requestPublicKey: request.publicKey, randomness, sha256: sha256(sealed) }),
    length: sealed.length,
  };
}

function lengths(): ReplyVectors['lengths'] {
  const around = 1120 + 16;
  const possible = [256, 272, 288, 544, 1024, 100_352, 1_081_344];
  const impossible = [0, 255, 257, 270, 280, 1008, 1_081_343];
  return [
    ...possible.map((padded) => ({ length: around + padded, error: null })),
    ...impossible.map((padded) => ({ length: around + padded, error: 'bad_length' })),
    { length: 0, error: 'bad_length' },
    { length: 1120, error: 'bad_length' },
    { length: around + 1_081_345, error: 'too_large' },
    { length: around + 1_114_112, error: 'too_large' },
  ];
}

function refusals(): ReplyVectors['refusals'] {
  const { sealed, padded } = sealReply(envelope, request.publicKey, randomness);
  const base = hexOf({ requestSeed: request.seed, requestPublicKey: request.publicKey, sealed });
  const faulty = (name: string, change: Partial<typeof base>, error = 'bad_ciphertext') => ({
    ...base,
    name,
    error,
    ...change,
  });
  const bytes = (altered: Buffer) => ({ sealed: altered.toString('hex') });
  const sealOther = (content: Buffer, info = requestInfo('reply', request.publicKey)) =>
    bytes(sealHpke(request.publicKey, info, content, randomness).sealed);
  const notZero = Buffer.from(padded);
  notZero.writeUInt8(1, 255);
  const beyond = Buffer.from(padded);
  beyond.writeUInt32BE(253);
  return [
    faulty('another request', hexOf({ requestSeed: otherRequest.seed })),
    faulty(
      'bound to another request',
      sealOther(padded, requestInfo('reply', otherRequest.publicKey)),
    ),
    faulty(
      'sealed as a request seed',
      sealOther(padded, requestInfo('request seed', request.publicKey)),
    ),
    faulty('first bit flipped', bytes(withBitFlipped(sealed, 0))),
    faulty('first bit of the text flipped', bytes(withBitFlipped(sealed, 8960))),
    faulty('last bit of the tag flipped', bytes(withBitFlipped(sealed, sealed.length * 8 - 1))),
    faulty('one byte short', bytes(sealed.subarray(0, -1)), 'bad_length'),
    faulty('one byte long', bytes(Buffer.concat([sealed, Buffer.of(0)])), 'bad_length'),
    faulty('tag cut off', bytes(sealed.subarray(0, -16)), 'bad_length'),
    faulty('encapsulation alone', bytes(sealed.subarray(0, 1120)), 'bad_length'),
    faulty('not padded', sealOther(envelope), 'bad_length'),
    faulty('filler not zero', sealOther(notZero), 'bad_padding'),
    faulty(
      'padded one size up',
      sealOther(Buffer.concat([padded, Buffer.alloc(16)])),
      'bad_padding',
    ),
    faulty('length prefix beyond the end', sealOther(beyond), 'bad_padding'),
  ];
}

export function makeReplyAtRestVectors(): ReplyAtRestVectors {
  const { sealed } = sealReply(envelope, request.publicKey, randomness);
  const binding: ReplyBinding = { replyId: fixed('reply id', 8), requestId };
  const good = wrapReply(atRestKey, fixed('reply at-rest IV', 12), binding, sealed);
  const base = hexOf({ atRestKey, ...binding, wrapped: good });
  const faulty = (name: string, change: Partial<typeof base>, error = 'bad_ciphertext') => ({
    ...base,
    name,
    error,
    ...change,
  });
  const bytes = (altered: Buffer) => ({ wrapped: altered.toString('hex') });
  const otherKey = serverKeys(fixed('server key 2', 32)).atRestKey;
  return {
    refusals: [
      faulty('another epoch', hexOf({ atRestKey: otherKey })),
      faulty('another reply', hexOf({ replyId: fixed('another reply id', 8) })),
      faulty('another request', hexOf({ requestId: fixed('another request id', 8) })),
      faulty('ids swapped', hexOf({ replyId: requestId, requestId: binding.replyId })),
      faulty('reply id one byte short', { replyId: base.replyId.slice(2) }, 'bad_binding'),
      faulty('request id one byte long', { requestId: `${base.requestId}00` }, 'bad_binding'),
      faulty(
        'a byte moved from one id to the other',
        { replyId: base.replyId + base.requestId.slice(0, 2), requestId: base.requestId.slice(2) },
        'bad_binding',
      ),
      faulty('first bit of the IV flipped', bytes(withBitFlipped(good, 0))),
      faulty('first bit of the reply flipped', bytes(withBitFlipped(good, 96))),
      faulty('last bit of the tag flipped', bytes(withBitFlipped(good, good.length * 8 - 1))),
      faulty('one byte short', bytes(good.subarray(0, -1)), 'bad_length'),
      faulty('not wrapped', bytes(sealed), 'bad_length'),
      faulty('empty', bytes(Buffer.alloc(0)), 'bad_length'),
    ],
  };
}
