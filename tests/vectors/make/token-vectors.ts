import { fixed } from '../reference/primitives';
import { sealSiv } from '../reference/siv';
import { serverKeys, token } from '../reference/values';
import type { TokenVectors } from '../vector-shapes';
import { withBitFlipped, withSpareBit } from './altered-bytes';
import { hexOf } from './hex-of';

const { tokenKey } = serverKeys(fixed('server key 1', 32));
const otherTokenKey = serverKeys(fixed('server key 2', 32)).tokenKey;
const messageId = fixed('message id', 8);
const messageKey = fixed('message key', 16);

export function makeTokenVectors(): TokenVectors {
  return { rfc5297: rfc5297(), cases: cases(), requestCases: requestCases(), refusals: refusals() };
}

function cases(): TokenVectors['cases'] {
  const ids = [messageId, Buffer.alloc(8), Buffer.alloc(8, 0xff)];
  return ids.flatMap((id) => [
    tokenCase('serverSeal', 1, id, messageKey),
    tokenCase('browserSeal', 2, id, null),
    tokenCase('status', 4, id, null),
  ]);
}

function requestCases(): TokenVectors['requestCases'] {
  const ids = [fixed('request id', 8), Buffer.alloc(8), Buffer.alloc(8, 0xff)];
  return ids.flatMap((id) => [requestCase('request', 3, id), requestCase('replyStatus', 5, id)]);
}

function requestCase(purpose: string, byte: number, id: Buffer) {
  const made = token(tokenKey, byte, id);
  return { ...hexOf({ purpose, tokenKey, id, ...made }), token: made.sealed.toString('base64url') };
}

function tokenCase(purpose: string, byte: number, id: Buffer, key: Buffer | null) {
  const made = token(tokenKey, byte, id, key ?? Buffer.alloc(0));
  return {
    ...hexOf({ purpose, tokenKey, messageId: id, messageKey: key, ...made }),
    token: made.sealed.toString('base64url'),
  };
}

function refusals(): TokenVectors['refusals'] {
  const server = token(tokenKey, 1, messageId, messageKey).sealed;
  const browser = token(tokenKey, 2, messageId).sealed;
  const text = (bytes: Buffer) => bytes.toString('base64url');
  const made = (purpose: number, ...content: Buffer[]) =>
    text(token(tokenKey, purpose, ...content).sealed);
  return [
    refusal('first bit flipped', text(withBitFlipped(server, 0)), 'bad_token'),
    refusal('last bit of the synthetic IV flipped', text(withBitFlipped(server, 127)), 'bad_token'),
    refusal('last bit flipped', text(withBitFlipped(server, 327)), 'bad_token'),
    refusal('a bit that CTR ignores flipped', text(withBitFlipped(server, 64)), 'bad_token'),
    refusal('browser link, purpose byte flipped', text(withBitFlipped(browser, 135)), 'bad_token'),
    refusal('made under another server key', otherKey(1, messageKey), 'bad_token'),
    refusal('browser link under another server key', otherKey(2), 'bad_token'),
    refusal('sealed with associated data', text(withAssociatedData()), 'bad_token'),
    refusal('ciphertext before tag', text(tagLast(server)), 'bad_token'),
    refusal('one character short', text(server).slice(0, -1), 'bad_length'),
    refusal('one character long', `${text(server)}A`, 'bad_length'),
    refusal('cut to the length of a browser link', text(server).slice(0, 34), 'bad_base64url'),
    refusal('cut to 25 bytes', text(server.subarray(0, 25)), 'bad_token'),
    refusal('padded', `${text(server)}=`, 'bad_length'),
    refusal('empty', '', 'bad_length'),
    refusal('other alphabet', `${text(server).slice(0, -2)}+A`, 'bad_base64url'),
    refusal('spare bits set', withSpareBit(text(server)), 'bad_base64url'),
    refusal('spare bits set in a browser link', withSpareBit(text(browser)), 'bad_base64url'),
    refusal('version 0', made(0, messageId), 'bad_version'),
    refusal('version 6', made(6, messageId), 'bad_version'),
    refusal('version 255 in a long token', made(255, messageId, messageKey), 'bad_version'),
    refusal('server seal without its message key', made(1, messageId), 'bad_purpose'),
    refusal('browser seal with a message key', made(2, messageId, messageKey), 'bad_purpose'),
    refusal('status with a message key', made(4, messageId, messageKey), 'bad_purpose'),
    refusal('request with a message key', made(3, messageId, messageKey), 'bad_purpose'),
    refusal('reply status with a message key', made(5, messageId, messageKey), 'bad_purpose'),
  ];
}

function refusal(name: string, text: string, error: string) {
  return { name, tokenKey: tokenKey.toString('hex'), token: text, error };
}

function otherKey(purpose: number, ...more: Buffer[]): string {
  return token(otherTokenKey, purpose, messageId, ...more).sealed.toString('base64url');
}

function withAssociatedData(): Buffer {
  const content = Buffer.concat([Buffer.of(2), messageId]);
  return sealSiv(tokenKey, [Buffer.from('sealpost')], content);
}

function tagLast(sealed: Buffer): Buffer {
  return Buffer.concat([sealed.subarray(16), sealed.subarray(0, 16)]);
}

/** Copied from RFC 5297, A.1 and A.2; they use 256-bit keys, ours has 512. */
function rfc5297(): TokenVectors['rfc5297'] {
  return [
    {
      name: 'A.1, deterministic authenticated encryption',
      key: 'fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
      associatedData: ['101112131415161718191a1b1c1d1e1f2021222324252627'],
      plaintext: '112233445566778899aabbccddee',
      sealed: '85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c',
    },
    {
      name: 'A.2, nonce-based authenticated encryption',
      key: '7f7e7d7c7b7a79787776757473727170404142434445464748494a4b4c4d4e4f',
      associatedData: [
        '00112233445566778899aabbccddeeffdeaddadadeaddadaffeeddccbbaa99887766554433221100',
        '102030405060708090a0',
        '09f911029d74e35bd84156c5635688c0',
      ],
      plaintext:
        '7468697320697320736f6d6520706c61696e7465787420746f20656e6372797074207573696e67205349562d414553',
      sealed:
        '7bdb6e3b432667eb06f4d14bff2fbd0fcb900f2fddbe404326601965c889bf17dba77ceb094fa663b7a3f748ba8af829ea64ad544a272e9c485b62a3fd5c0d',
    },
  ];
}
