/** How the facts about a message are written down where encryption binds them. */
import { concatBytes, uint32, utf8 } from './bytes';
import { checkPassphraseLock, type PassphraseLock } from './passphrase';

const ABSENT = Uint8Array.of(0);
const PRESENT = Uint8Array.of(1);

/** The label and a zero byte, which no label contains: no label is the start of another's data. */
export function encodeLabel(label: string): Uint8Array<ArrayBuffer> {
  return concatBytes(utf8(label), Uint8Array.of(0));
}

/** 0x00, or 0x01 and the bytes. Their length must be fixed by the caller. */
export function encodeOptional(bytes: Uint8Array | null): Uint8Array<ArrayBuffer> {
  return bytes === null ? ABSENT : concatBytes(PRESENT, bytes);
}

const PROFILE = { verbatim: Uint8Array.of(1), words: Uint8Array.of(2) } as const;

/**
 * 0x00 without a passphrase; else its profile (0x01 verbatim, 0x02 words), salt, and the cost as
 * three uint32.
 * @throws ProtocolError bad_length, bad_passphrase_cost
 */
export function encodeLock(lock: PassphraseLock | null): Uint8Array<ArrayBuffer> {
  if (lock === null) return ABSENT;
  const { profile, salt, memoryKiB, passes, lanes } = checkPassphraseLock(lock);
  return concatBytes(PROFILE[profile], salt, uint32(memoryKiB), uint32(passes), uint32(lanes));
}
