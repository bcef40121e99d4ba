/**
 * One's own vault, for one's own browser. Rules: it is handed over wrapped, and only the password
 * opens it there; what the browser keeps of an open one opens nothing without the session's share,
 * which is here: it is handed out until the lock time is over by the database's clock and no longer,
 * and goes with the session, or when the vault is locked. A share that has locked never comes back.
 */
import 'server-only';
import { z } from 'zod';
import { encodeBase64url, randomBytes } from '@/lib/protocol/bytes';
import { VAULT_SHARE_BYTES } from '@/lib/protocol/constants';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, execute, findRow, type Database } from '@/lib/server/sql';
import type { DoneResult, VaultResult, VaultShareResult } from './outcomes';
import { provePassword, type Prover } from './proof';
import type { Staff } from './sessions';
import { DONE } from './together';

/** A column of bytes, as the browser gets it. */
const base64urlColumn = z.instanceof(Uint8Array).transform(encodeBase64url);

/** `s` is the alias of sessions. */
const IS_OPEN = Prisma.sql`coalesce(s.vault_open_until > clock_timestamp(), false)`;

/** `a` is the alias of accounts. */
const OPEN_UNTIL = Prisma.sql`clock_timestamp() + a.vault_lock_minutes * interval '1 minute'`;

const shareRow = z.object({
  /** 32 bytes */
  share: base64urlColumn,
  publicKey: base64urlColumn,
  lockMinutes: z.number(),
});

const vaultRow = shareRow.extend({
  accountId: z.string(),
  salt: base64urlColumn,
  seedByPassword: base64urlColumn,
});

/**
 * To unlock it: still wrapped. The session's share is a new one, unless it has one that has not locked.
 *
 * @param tried what a password came to that did not open it: a person at a browser that was left
 * open guesses there, and its person hears of it as of every other try
 */
export async function readOwnVault(
  context: Context,
  staff: Prover,
  tried?: Uint8Array,
): Promise<VaultResult> {
  if (tried !== undefined) {
    const proved = await provePassword(context, staff, tried);
    if (proved.status === 'refused') return proved;
  }
  const vault = await findRow(
    context.database,
    vaultRow,
    Prisma.sql`
      UPDATE sessions s SET
        vault_share = CASE WHEN ${IS_OPEN} THEN s.vault_share
          ELSE ${bytea(randomBytes(VAULT_SHARE_BYTES))} END,
        vault_open_until = ${OPEN_UNTIL}
      FROM accounts a WHERE s.id = ${staff.sessionId}::uuid AND a.id = s.account_id
      RETURNING a.id AS "accountId", a.password_salt AS "salt",
        a.vault_seed_by_password AS "seedByPassword", a.vault_public_key AS "publicKey",
        a.vault_lock_minutes AS "lockMinutes", s.vault_share AS "share"`,
  );
  if (vault === null) return { status: 'refused', refusal: 'sign_in_required' };
  return { status: 'found', ...vault };
}

/**
 * To use one that is open: each use is asked for, and puts the lock off. Whether it is open is looked
 * at once, in a row that is held: a use and the lock never meet. Once it has locked, it is erased.
 */
export async function readVaultShare(
  { database }: Context,
  { sessionId }: Pick<Staff, 'sessionId'>,
): Promise<VaultShareResult> {
  const found = await findRow(
    database,
    shareRow,
    Prisma.sql`
      WITH held AS MATERIALIZED (
        SELECT s.id, ${IS_OPEN} AS is_open FROM sessions s WHERE s.id = ${sessionId}::uuid FOR UPDATE
      ), touched AS (
        UPDATE sessions s SET
          vault_share = CASE WHEN held.is_open THEN s.vault_share END,
          vault_open_until = CASE WHEN held.is_open THEN ${OPEN_UNTIL} END
        FROM held, accounts a WHERE s.id = held.id AND a.id = s.account_id
        RETURNING s.vault_share AS "share", a.vault_public_key AS "publicKey",
          a.vault_lock_minutes AS "lockMinutes"
      )
      SELECT * FROM touched WHERE share IS NOT NULL`,
  );
  return found === null ? { status: 'locked' } : { status: 'open', ...found };
}

/** Locks it in this browser, whatever that still keeps. */
export async function lockOwnVault(
  { database }: Context,
  { sessionId }: Pick<Staff, 'sessionId'>,
): Promise<DoneResult> {
  await execute(
    database,
    Prisma.sql`
      UPDATE sessions SET vault_share = NULL, vault_open_until = NULL
      WHERE id = ${sessionId}::uuid`,
  );
  return DONE;
}

/** A vault that is open somewhere locks after that time at the latest, if it is not used. */
export async function saveVaultLock(
  { database }: Context,
  { accountId }: Pick<Staff, 'accountId'>,
  minutes: number,
): Promise<DoneResult> {
  await execute(
    database,
    Prisma.sql`
      WITH saved AS (
        UPDATE accounts SET vault_lock_minutes = ${minutes}::int WHERE id = ${accountId}::uuid
        RETURNING id
      )
      UPDATE sessions s SET vault_open_until =
        least(s.vault_open_until, clock_timestamp() + ${minutes}::int * interval '1 minute')
      FROM saved WHERE s.account_id = saved.id AND s.vault_open_until IS NOT NULL`,
  );
  return DONE;
}

/** Erases what has locked and was not asked for since. */
export async function sweepVaultShares(database: Database): Promise<void> {
  await execute(
    database,
    Prisma.sql`
      UPDATE sessions SET vault_share = NULL, vault_open_until = NULL
      WHERE vault_open_until <= clock_timestamp()`,
  );
}
