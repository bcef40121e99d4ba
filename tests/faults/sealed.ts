import { randomBytes } from 'node:crypto';
import { encodeBase64url } from '@/lib/protocol/bytes';
import type { Answer } from './answers';

export type Kind = 'server' | 'browser' | 'reply';

/** What was sealed, as those who hold its links see it. `base` is the address of an instance. */
export interface Sealed {
  readonly kind: Kind;
  readonly text: string;
  readonly hasPassphrase: boolean;
  open(base: string, nonce: string): Promise<Answer>;
  /** A try with another passphrase; for a browser seal, with another open proof. */
  openWrongly(base: string, nonce: string): Promise<Answer>;
  /** Whether its end was confirmed. */
  acknowledge(base: string, nonce: string): Promise<boolean>;
  look(base: string): Promise<Answer>;
  status(base: string): Promise<Answer>;
  readonly destroyAsSender: (base: string) => Promise<Answer>;
  /** Null for a reply: its readers have no such thing. */
  readonly destroyAsRecipient: ((base: string) => Promise<Answer>) | null;
}

export function newNonce(): string {
  return encodeBase64url(randomBytes(16));
}
