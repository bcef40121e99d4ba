/** How one vector is checked: without a test framework, so that it runs in a browser too. */
import { toStretchedPassphrase, type StretchedPassphrase } from '@/lib/protocol/bytes';
import type { Seal } from '@/lib/protocol/constants';
import { ProtocolError } from '@/lib/protocol/errors';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import type { LockVector } from '../vector-shapes';

/** Throws, with what went wrong, if the implementation and the vector disagree. */
export interface VectorCheck {
  readonly name: string;
  readonly run: () => void | Promise<void>;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new Error(`not lower-case hex: ${hex}`);
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function lockFrom(lock: LockVector): PassphraseLock {
  return { profile: 'verbatim', ...lock, salt: fromHex(lock.salt) };
}

export function lockOrNull(lock: LockVector | null): PassphraseLock | null {
  return lock === null ? null : lockFrom(lock);
}

export function bytesOrNull(hex: string | null): Uint8Array<ArrayBuffer> | null {
  return hex === null ? null : fromHex(hex);
}

export function stretchedOrNull(hex: string | null): StretchedPassphrase | null {
  return hex === null ? null : toStretchedPassphrase(fromHex(hex));
}

export function sealFrom(seal: string): Seal {
  if (seal === 'server' || seal === 'browser') return seal;
  throw new Error(`no such seal: ${seal}`);
}

export function expectSame(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) {
    throw new Error(`${what}: expected ${brief(expected)}, got ${brief(actual)}`);
  }
}

export function expectBytes(what: string, actual: Uint8Array, expected: string): void {
  expectSame(what, toHex(actual), expected);
}

/** Passes only if `work` is refused with exactly this code. */
export async function expectRefusal(error: string, work: () => unknown): Promise<void> {
  let code = 'nothing: it was accepted';
  try {
    await work();
  } catch (thrown) {
    if (!(thrown instanceof ProtocolError)) throw thrown;
    code = thrown.code;
  }
  expectSame('refusal', code, error);
}

function brief(value: unknown): string {
  const text = String(value);
  return text.length > 200 ? `${text.slice(0, 200)}… (${text.length} characters)` : text;
}
