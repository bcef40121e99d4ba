import { fixed } from '../reference/primitives';
import { pad, paddedLength } from '../reference/values';
import type { PaddingVectors } from '../vector-shapes';

const MAX_ENVELOPE = 2 + 1_048_576;

export function makePaddingVectors(): PaddingVectors {
  const lengths = [
    0,
    1,
    3,
    251,
    252,
    253,
    268,
    269,
    500,
    508,
    509,
    1000,
    1020,
    1021,
    4092,
    4093,
    65_532,
    65_533,
    100_000,
    524_284,
    524_285,
    1_000_000,
    1_015_804,
    1_015_805,
    1_048_572,
    1_048_573,
    MAX_ENVELOPE,
  ];
  const contents = [0, 1, 3, 252, 253].map((length) => fixed('padded content', length));
  return {
    lengths: lengths.map((contentLength) => ({
      contentLength,
      paddedLength: paddedLength(contentLength),
    })),
    cases: contents.map((content) => ({
      content: content.toString('hex'),
      padded: pad(content).toString('hex'),
    })),
    refusals: refusals(),
  };
}

function refusals(): PaddingVectors['refusals'] {
  const content = fixed('padded content', 3);
  const good = pad(content);
  const longer = Buffer.concat([good, Buffer.alloc(16)]);
  const withLength = (length: number) => {
    const padded = Buffer.from(good);
    padded.writeUInt32BE(length);
    return padded;
  };
  const withByte = (index: number, byte: number) => {
    const padded = Buffer.from(good);
    padded.writeUInt8(byte, index);
    return padded;
  };
  return [
    refusal('empty', Buffer.alloc(0)),
    refusal('shorter than its prefix', good.subarray(0, 3)),
    refusal('one byte short', good.subarray(0, -1)),
    refusal('one byte long', Buffer.concat([good, Buffer.of(0)])),
    refusal('padded to the next size', longer),
    refusal('not padded', Buffer.concat([Buffer.of(0, 0, 0, 3), content])),
    refusal('first byte of filler not zero', withByte(7, 1)),
    refusal('last byte of filler not zero', withByte(255, 0x80)),
    refusal('content as long as everything', withLength(256)),
    refusal('content one byte longer than fits', withLength(253)),
    refusal('content of the longest length that can be written', withLength(0xffffffff)),
    refusal('length little-endian', withLength(0x03000000)),
  ];
}

function refusal(name: string, padded: Buffer) {
  return { name, padded: padded.toString('hex'), error: 'bad_padding' };
}
