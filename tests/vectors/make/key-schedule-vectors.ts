import { fixed } from '../reference/primitives';
import { messageKeys, serverKeys } from '../reference/values';
import type { KeyScheduleVectors } from '../vector-shapes';
import { hexOf } from './hex-of';

export function makeKeyScheduleVectors(): KeyScheduleVectors {
  const serverKeyInputs = [fixed('server key 1', 32), fixed('server key 2', 32), Buffer.alloc(32)];
  const messageKey = fixed('key schedule message key', 16);
  const messageKeyInputs: [Buffer, Buffer | null][] = [
    [messageKey, null],
    [messageKey, fixed('key schedule stretched passphrase', 32)],
    [messageKey, Buffer.alloc(32)],
    [Buffer.alloc(16), null],
    [Buffer.alloc(16, 0xff), Buffer.alloc(32, 0xff)],
  ];
  return {
    serverKeys: serverKeyInputs.map((serverKey) => hexOf({ serverKey, ...serverKeys(serverKey) })),
    messageKeys: messageKeyInputs.map(([key, stretchedPassphrase]) =>
      hexOf({ messageKey: key, stretchedPassphrase, ...messageKeys(key, stretchedPassphrase) }),
    ),
    refusals: [
      serverKeyRefusal('server key one byte short', 31),
      serverKeyRefusal('server key one byte long', 33),
      messageKeyRefusal('message key one byte short', 15, null),
      messageKeyRefusal('message key one byte long', 17, null),
      messageKeyRefusal('message key and passphrase in one', 48, null),
      messageKeyRefusal('stretched passphrase empty', 16, 0),
      messageKeyRefusal('stretched passphrase half as long', 16, 16),
      messageKeyRefusal('stretched passphrase one byte long', 16, 33),
    ],
  };
}

function serverKeyRefusal(name: string, length: number) {
  return {
    name,
    serverKey: fixed('refused', length).toString('hex'),
    messageKey: null,
    stretchedPassphrase: null,
    error: 'bad_length',
  };
}

function messageKeyRefusal(name: string, length: number, stretchedLength: number | null) {
  return {
    name,
    serverKey: null,
    messageKey: fixed('refused', length).toString('hex'),
    stretchedPassphrase:
      stretchedLength === null ? null : fixed('refused', stretchedLength).toString('hex'),
    error: 'bad_length',
  };
}
