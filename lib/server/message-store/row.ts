import 'server-only';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import type { Judged, MessageAddress, MessageRecord, SealedContent } from '@/lib/messages/ports';
import { isKeptClosed } from '../history/history-conditions';
import { Prisma } from '../prisma-client/client';

export const CREATED_AT = Prisma.sql`m.created_at`;

/** Kept closed behind a database that was restored. */
export const IS_REFUSED = isKeptClosed(CREATED_AT);

/** The columns of a `MessageRecord`, read at the database's own time. `m` is the table's alias. */
export const RECORD_COLUMNS = Prisma.sql`
  m.seal::text AS "seal",
  m.state::text AS "state",
  m.expires_at <= clock_timestamp() AS "pastExpiry",
  m.burned_by::text AS "burnedBy",
  (extract(epoch FROM m.claimed_at) * 1000)::bigint AS "claimedAtMs",
  (extract(epoch FROM m.ended_at) * 1000)::bigint AS "endedAtMs",
  (extract(epoch FROM m.created_at) * 1000)::bigint AS "createdAtMs",
  (extract(epoch FROM m.expires_at) * 1000)::bigint AS "expiresAtMs",
  m.passphrase_memory_kib IS NOT NULL AS "hasPassphrase",
  m.wrong_passphrases AS "wrongPassphrases",
  m.note AS "note",
  m.notify_when_opened AS "notifyWhenOpened",
  ${IS_REFUSED} AS "isRefused"`;

export const LOCK_COLUMNS = Prisma.sql`
  m.passphrase_salt AS "passphraseSalt",
  m.passphrase_memory_kib AS "passphraseMemoryKiB",
  m.passphrase_passes AS "passphrasePasses",
  m.passphrase_lanes AS "passphraseLanes",
  m.passphrase_profile::text AS "passphraseProfile"`;

export const CONTENT_COLUMNS = Prisma.sql`
  m.wrapped_ciphertext AS "wrappedCiphertext",
  m.link_verifier AS "linkVerifier",
  m.knock_verifier AS "knockVerifier",
  ${LOCK_COLUMNS}`;

/** What every ending takes away. The server seal's verifier stays: it is how a tombstone knows its link. */
export const ERASED_COLUMNS = Prisma.sql`
  wrapped_ciphertext = NULL,
  passphrase_salt = NULL,
  link_verifier = CASE WHEN m.seal = 'SERVER' THEN m.link_verifier END,
  claim_nonce_hash = NULL,
  lease_until = NULL`;

export const WAITING = Prisma.sql`m.state = 'SEALED' AND m.expires_at > clock_timestamp()`;

/** The one opener, within the lease. */
export function claimedBy(nonceHash: Uint8Array): Prisma.Sql {
  return Prisma.sql`(m.state = 'CLAIMED' AND m.claim_nonce_hash = ${bytea(nonceHash)}
    AND m.lease_until > clock_timestamp())`;
}

/** Seconds in which a claim is recorded and ended by the server itself, where leases are off. */
const SETTLING_SECONDS = 10;

/** When the lease of a claim that is made now ends, of a message or a reply. */
export function leaseEnd({ leaseSeconds }: { readonly leaseSeconds: number }): Prisma.Sql {
  const seconds = leaseSeconds === 0 ? SETTLING_SECONDS : leaseSeconds;
  return Prisma.sql`clock_timestamp() + ${seconds}::int * interval '1 second'`;
}

/** A server-sealed row that an authentic link does not fit: somebody altered it. */
export function isAltered(linkVerifier: Uint8Array): Prisma.Sql {
  return Prisma.sql`(m.seal <> 'SERVER' OR m.link_verifier IS DISTINCT FROM ${bytea(linkVerifier)})`;
}

/** The row is judged by the very columns that were authenticated. */
export function isJudged({ linkVerifier, lock }: Judged): Prisma.Sql {
  return Prisma.sql`((m.link_verifier, m.passphrase_salt, m.passphrase_memory_kib,
      m.passphrase_passes, m.passphrase_lanes, m.passphrase_profile)
    IS NOT DISTINCT FROM (${bytea(linkVerifier)}, ${bytea(lock?.salt ?? null)},
      ${lock?.memoryKiB ?? null}::int, ${lock?.passes ?? null}::int, ${lock?.lanes ?? null}::int,
      ${profileColumn(lock)}))`;
}

/** Null for a passphrase that counts as it was typed, as all did before there were profiles. */
export function profileColumn(lock: PassphraseLock | null): Prisma.Sql {
  return Prisma.sql`${lock?.profile === 'words' ? 'WORDS' : null}::passphrase_profile`;
}

/** One try less reserved, of those that are not decided. */
export const ONE_TRY_LESS = Prisma.sql`passphrase_tries =
  greatest(m.passphrase_tries - 1, least(m.passphrase_tries, m.wrong_passphrases))`;

export function at(address: MessageAddress): Prisma.Sql {
  return Prisma.sql`m.id = ${address.id}::bigint AND m.epoch = ${address.epoch}::text`;
}

export function bytea(bytes: Uint8Array | null): Prisma.Sql {
  return bytes === null ? Prisma.sql`NULL::bytea` : Prisma.sql`${Buffer.from(bytes)}::bytea`;
}

export interface RecordRow {
  seal: 'SERVER' | 'BROWSER';
  state: MessageRecord['state'];
  pastExpiry: boolean;
  burnedBy: MessageRecord['burnedBy'];
  claimedAtMs: bigint | null;
  endedAtMs: bigint | null;
  createdAtMs: bigint;
  expiresAtMs: bigint;
  hasPassphrase: boolean;
  wrongPassphrases: number;
  note: string;
  notifyWhenOpened: boolean;
  isRefused: boolean;
}

export interface LockRow {
  passphraseSalt: Uint8Array | null;
  passphraseMemoryKiB: number | null;
  passphrasePasses: number | null;
  passphraseLanes: number | null;
  passphraseProfile: 'WORDS' | null;
}

export interface ContentRow extends LockRow {
  wrappedCiphertext: Uint8Array | null;
  linkVerifier: Uint8Array | null;
  knockVerifier: Uint8Array | null;
}

export function toRecord(row: RecordRow): MessageRecord {
  return {
    seal: row.seal === 'SERVER' ? 'server' : 'browser',
    state: row.state,
    pastExpiry: row.pastExpiry,
    burnedBy: row.burnedBy,
    claimedAtMs: row.claimedAtMs === null ? null : Number(row.claimedAtMs),
    endedAtMs: row.endedAtMs === null ? null : Number(row.endedAtMs),
    createdAtMs: Number(row.createdAtMs),
    expiresAtMs: Number(row.expiresAtMs),
    hasPassphrase: row.hasPassphrase,
    wrongPassphrases: row.wrongPassphrases,
    note: row.note,
    notifyWhenOpened: row.notifyWhenOpened,
    isRefused: row.isRefused,
  };
}

/** Null where the row has no lock. A row with half a lock is no row of ours: it fails to open. */
export function toLock(row: LockRow): SealedContent['lock'] {
  const {
    passphraseSalt,
    passphraseMemoryKiB,
    passphrasePasses,
    passphraseLanes,
    passphraseProfile,
  } = row;
  if (passphraseSalt === null) return null;
  return {
    salt: new Uint8Array(passphraseSalt),
    memoryKiB: passphraseMemoryKiB ?? 0,
    passes: passphrasePasses ?? 0,
    lanes: passphraseLanes ?? 0,
    profile: passphraseProfile === 'WORDS' ? 'words' : 'verbatim',
  };
}

/** The encrypted part of a row that still has one. */
export function toContent(row: ContentRow): SealedContent {
  if (row.wrappedCiphertext === null || row.linkVerifier === null) {
    throw new Error('A granted row has no content.');
  }
  return {
    wrappedCiphertext: new Uint8Array(row.wrappedCiphertext),
    lock: toLock(row),
    linkVerifier: new Uint8Array(row.linkVerifier),
    knockVerifier: row.knockVerifier === null ? null : new Uint8Array(row.knockVerifier),
  };
}
