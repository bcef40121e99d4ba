/** What people had in their hands when a database was frozen. Byte strings are base64url. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import { ROOT } from '@/scripts/setup/paths.mjs';

export interface FrozenMessage {
  readonly name: string;
  readonly seal: 'server' | 'browser';
  /** Of the link: M2, or ID1. */
  readonly token: string;
  /** Of the status link. */
  readonly status: string;
  /** K0 of a browser-sealed one, as it stands behind the `#`; '' else. */
  readonly messageKey: string;
  readonly lock: FrozenLock | null;
  readonly passphrase: string;
  readonly text: string;
  /** Whether it waits, was claimed within its lease, or has ended. */
  readonly is: 'waiting' | 'claimed' | 'ended';
  /** With which it was claimed; '' for what was not. */
  readonly nonce: string;
}

export interface FrozenLock {
  readonly salt: string;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly profile: 'verbatim' | 'words';
}

export interface FrozenRequest {
  readonly name: string;
  readonly id: string;
  readonly token: string;
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly fields: readonly FieldDefinition[];
}

export interface FrozenReply {
  readonly name: string;
  readonly id: string;
  /** Id of its request. */
  readonly request: string;
  readonly status: string;
  readonly text: string;
  readonly is: 'waiting' | 'claimed' | 'ended';
  readonly nonce: string;
}

export interface FrozenStaff {
  readonly name: string;
  readonly email: string;
  readonly accountId: string;
  readonly stretchedPassword: string;
  readonly signInKey: string;
  readonly vaultSeed: string;
  readonly vaultPublicKey: string;
  /** Of a session. */
  readonly cookie: string;
  /** Base32 of the authenticator app; '' without a second factor. */
  readonly totp: string;
  readonly codes: readonly string[];
}

export interface Links {
  /** The last migrations that there were. */
  readonly migrations: readonly string[];
  readonly messages: readonly FrozenMessage[];
  readonly requests: readonly FrozenRequest[];
  readonly replies: readonly FrozenReply[];
  readonly staff: readonly FrozenStaff[];
  /** Token of one that is good for an account. */
  readonly invitation: string;
}

const HERE = join(ROOT, 'tests/integration/before');

/** The files of a frozen database. */
export const frozen = (name: string, file: string): string => join(HERE, name, file);

export async function readLinks(name: string): Promise<Links> {
  return JSON.parse(await readFile(frozen(name, 'links.json'), 'utf8')) as Links;
}

/** What people saw when it was frozen (`see` of `uses.ts`). */
export async function readSeen(name: string): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await readFile(frozen(name, 'seen.json'), 'utf8')) as Record<string, unknown>;
}
