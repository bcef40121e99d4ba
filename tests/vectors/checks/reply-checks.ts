import {
  toAtRestKey,
  toReplyId,
  toRequestPublicKey,
  toRequestSeed,
  toTokenKey,
} from '@/lib/protocol/bytes';
import { LABELS } from '@/lib/protocol/constants';
import { encodeTextEnvelope } from '@/lib/protocol/envelope';
import { pad } from '@/lib/protocol/padding';
import { checkReplyLength, openReply } from '@/lib/protocol/reply';
import { unwrapReplyAtRest } from '@/lib/protocol/reply-at-rest';
import {
  replyAtRestAssociatedData,
  wrapReplyAtRestWithIv,
} from '@/lib/protocol/reply-at-rest-with-iv';
import { sealReplyWithRandomness } from '@/lib/protocol/reply-with-randomness';
import { requestInfo } from '@/lib/protocol/request-info';
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
        unwrapReplyAtRest(toAtRestKey(fromHex(atRestKey)), fromHex(wrapped), {
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
  const randomness = fromHex(vector.randomness);
  const sealed = await sealReplyWithRandomness(envelope, publicKey, randomness);
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
  const associatedData = replyAtRestAssociatedData(binding);
  expectBytes('associated data', associatedData, vector.atRestAssociatedData);
  const key = toAtRestKey(fromHex(vector.atRestKey));
  const sealed = fromHex(vector.sealed);
  const iv = fromHex(vector.atRestIv);
  expectBytes('wrapped', await wrapReplyAtRestWithIv(key, sealed, binding, iv), vector.wrapped);
  const unwrapped = await unwrapReplyAtRest(key, fromHex(vector.wrapped), binding);
  expectBytes('sealed reply', unwrapped, vector.sealed);
}

async function checkLong(vector: ReplyVectors['long'][number]): Promise<void> {
  const sealed = await sealReplyWithRandomness(
    encodeTextEnvelope(vector.text.repeat(vector.times)),
    toRequestPublicKey(fromHex(vector.requestPublicKey)),
    fromHex(vector.randomness),
  );
  expectSame('length', sealed.length, vector.length);
  const digest = await globalThis.crypto.subtle.digest('SHA-256', sealed);
  expectBytes('SHA-256', new Uint8Array(digest), vector.sha256);
}
