import {
  toAtRestKey,
  toEncapsulationRandomness,
  toIv,
  toReplyId,
  toRequestPublicKey,
  toRequestSeed,
  toTokenKey,
} from '@/lib/protocol/bytes';
import { LABELS } from '@/lib/protocol/constants';
import { checkReplyLength, encodeTextEnvelope, pad } from '@/lib/protocol/envelope';
import { openReply, sealReply } from '@/lib/protocol/reply';
import { atRestAssociatedData, unwrapAtRest, wrapAtRest } from '@/lib/protocol/at-rest';
import { requestInfo } from '@/lib/protocol/request';
import { sealReplyStatusToken } from '@/lib/protocol/tokens';
import type { ReplyAtRestVectors, ReplyVectors } from '../request-vector-shapes';
import { expectBytes, expectRefusal, expectSame, fromHex, type VectorCheck } from './vector-check';

export function replyChecks({ cases, long, lengths, refusals }: ReplyVectors): VectorCheck[] {
  return [
    ...cases.flatMap((vector) => [
      { name: `reply, ${vector.name}: sealed`, run: () => checkSealed(vector) },
      { name: `reply, ${vector.name}: at rest`, run: () => checkAtRest(vector) },
    ]),
    ...long.map((vector) => ({ name: `reply: ${vector.name}`, run: () => checkLong(vector) })),
    ...lengths.map(({ length, error }) => ({
      name: `reply: a length of ${length}`,
      run: async () => {
        const check = () => {
          checkReplyLength(new Uint8Array(length));
        };
        if (error === null) check();
        else await expectRefusal(error, check);
      },
    })),
    ...refusals.map(({ name, requestSeed, requestPublicKey, sealed, error }) => ({
      name: `reply refused: ${name}`,
      run: () =>
        expectRefusal(error, () =>
          openReply(
            fromHex(sealed),
            toRequestSeed(fromHex(requestSeed)),
            toRequestPublicKey(fromHex(requestPublicKey)),
          ),
        ),
    })),
  ];
}

export function replyAtRestChecks({ refusals }: ReplyAtRestVectors): VectorCheck[] {
  return refusals.map(({ name, atRestKey, replyId, requestId, wrapped, error }) => ({
    name: `wrapped reply refused: ${name}`,
    run: () =>
      expectRefusal(error, () =>
        unwrapAtRest('reply', toAtRestKey(fromHex(atRestKey)), fromHex(wrapped), {
          replyId: fromHex(replyId),
          requestId: fromHex(requestId),
        }),
      ),
  }));
}

type ReplyCase = ReplyVectors['cases'][number];

async function checkSealed(vector: ReplyCase): Promise<void> {
  const publicKey = toRequestPublicKey(fromHex(vector.requestPublicKey));
  const envelope = fromHex(vector.envelope);
  expectBytes('padded', pad(envelope), vector.padded);
  expectBytes('info', await requestInfo(LABELS.reply, publicKey), vector.info);
  const randomness = toEncapsulationRandomness(fromHex(vector.randomness));
  const sealed = await sealReply(envelope, publicKey, randomness);
  expectBytes('sealed', sealed, vector.sealed);
  const seed = toRequestSeed(fromHex(vector.requestSeed));
  const opened = await openReply(fromHex(vector.sealed), seed, publicKey);
  expectBytes('envelope', opened, vector.envelope);
}

async function checkAtRest(vector: ReplyCase): Promise<void> {
  const replyId = toReplyId(fromHex(vector.replyId));
  const status = sealReplyStatusToken(toTokenKey(fromHex(vector.tokenKey)), replyId);
  expectSame('status token', status, vector.statusToken);
  const binding = { replyId, requestId: fromHex(vector.requestId) };
  const associatedData = atRestAssociatedData('reply', binding);
  expectBytes('associated data', associatedData, vector.atRestAssociatedData);
  const key = toAtRestKey(fromHex(vector.atRestKey));
  const sealed = fromHex(vector.sealed);
  const iv = toIv(fromHex(vector.atRestIv));
  expectBytes('wrapped', await wrapAtRest('reply', key, sealed, binding, iv), vector.wrapped);
  const unwrapped = await unwrapAtRest('reply', key, fromHex(vector.wrapped), binding);
  expectBytes('sealed reply', unwrapped, vector.sealed);
}

async function checkLong(vector: ReplyVectors['long'][number]): Promise<void> {
  const sealed = await sealReply(
    encodeTextEnvelope(vector.text.repeat(vector.times)),
    toRequestPublicKey(fromHex(vector.requestPublicKey)),
    toEncapsulationRandomness(fromHex(vector.randomness)),
  );
  expectSame('length', sealed.length, vector.length);
  const digest = await globalThis.crypto.subtle.digest('SHA-256', sealed);
  expectBytes('SHA-256', new Uint8Array(digest), vector.sha256);
}
