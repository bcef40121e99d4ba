/** What belongs to requests and replies, written down a second time from the specification. */
import { sealHpke } from './hpke';
import { ascii, gcm, sha256, ZERO } from './primitives';
import { pad } from './values';

export function fingerprint(publicKey: Buffer): string {
  return sha256(publicKey).subarray(0, 16).toString('base64url');
}

export function requestInfo(use: 'request seed' | 'reply', publicKey: Buffer): Buffer {
  return Buffer.concat([ascii(`sealpost v1 ${use}`), ZERO, sha256(publicKey)]);
}

export function sealRequestSeed(
  request: { seed: Buffer; publicKey: Buffer },
  readerPublicKey: Buffer,
  randomness: Buffer,
) {
  const info = requestInfo('request seed', request.publicKey);
  return { info, ...sealHpke(readerPublicKey, info, request.seed, randomness) };
}

export function sealReply(envelope: Buffer, requestPublicKey: Buffer, randomness: Buffer) {
  const padded = pad(envelope);
  const info = requestInfo('reply', requestPublicKey);
  return { padded, info, ...sealHpke(requestPublicKey, info, padded, randomness) };
}

export interface ReplyBinding {
  replyId: Buffer;
  requestId: Buffer;
}

export function replyAssociatedData({ replyId, requestId }: ReplyBinding): Buffer {
  return Buffer.concat([ascii('sealpost v1 wrapped reply'), ZERO, replyId, requestId]);
}

export function wrapReply(atRestKey: Buffer, iv: Buffer, binding: ReplyBinding, sealed: Buffer) {
  return Buffer.concat([iv, gcm(atRestKey, iv, replyAssociatedData(binding), sealed)]);
}
