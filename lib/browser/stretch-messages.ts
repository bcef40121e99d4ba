import type { PassphraseLock } from '@/lib/protocol/passphrase';

/** What the page asks its worker for. */
export interface StretchOrder {
  readonly id: number;
  /** Normalised UTF-8; the worker wipes its copy. */
  readonly passphrase: Uint8Array;
  readonly lock: PassphraseLock;
  readonly outputBytes: number;
}

/** Said at once: the worker is there, however long it takes then. */
export interface StretchBegun {
  readonly id: number;
  readonly isBegun: true;
}

/** `stretched` is null where this device can't do it. */
export interface StretchAnswer {
  readonly id: number;
  readonly stretched: Uint8Array | null;
}
