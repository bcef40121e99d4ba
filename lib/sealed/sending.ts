/**
 * Who may send. For how long and whether without a passphrase is for the owner to decide: it is asked
 * here, of the database, for every way of sending, so that no operation can forget.
 */
import 'server-only';
import { z } from 'zod';
import type { RefusalCode } from '@/lib/refusal-code';
import { findStaff } from '@/lib/server/accounts/current-staff';
import { database } from '@/lib/server/database';
import { withinLimit } from '@/lib/server/limits';
import type { Refusal } from '@/lib/server/operation';
import { Prisma } from '@/lib/server/prisma-client/client';
import { clientAddress } from '@/lib/server/request-context';
import { theRow, type Database } from '@/lib/server/sql';
import type { ExpiresIn } from './policy';
import type { Sending } from './seal';
import { mustSignIn, refusalOfSending, type SendingPolicy } from './sending-policy';

const policyRow = z.object({
  whoMaySend: z.enum(['anyone', 'members']),
  longestExpiry: z.number(),
  passphraseRequired: z.boolean(),
});

/**
 * Asked anew each time: what an owner changes counts at once.
 *
 * @throws Error where the row is gone: a default in its place might allow what the owner has forbidden
 */
export function readPolicy(database: Database): Promise<SendingPolicy> {
  return theRow(
    database,
    policyRow,
    Prisma.sql`
      SELECT lower(who_may_send::text) AS "whoMaySend", longest_expiry AS "longestExpiry",
        passphrase_required AS "passphraseRequired"
      FROM policy WHERE id = 1`,
  );
}

interface Sender {
  /** null for a sender who is not signed in */
  readonly staff: { readonly accountId: string } | null;
  readonly policy: SendingPolicy;
}

/** What every form that sends says. */
interface SendingForm {
  readonly expiresIn: ExpiresIn;
  readonly recipients: readonly string[];
  readonly notifyWhenOpened: boolean;
}

export async function sender(): Promise<Sender | { readonly refusal: RefusalCode }> {
  const [staff, policy] = await Promise.all([findStaff(), readPolicy(database())]);
  return mustSignIn(policy, staff !== null) ? { refusal: 'sign_in_required' } : { staff, policy };
}

export async function checkSending(
  { expiresIn, recipients, notifyWhenOpened }: SendingForm,
  { staff, policy }: Sender,
  hasPassphrase: boolean,
): Promise<Refusal | null> {
  const refusal = refusalOfSending(policy, {
    isStaff: staff !== null,
    expiresIn,
    hasPassphrase,
    needsList: recipients.length > 0 || notifyWhenOpened,
  });
  if (refusal !== null) return refusal;
  // The form was counted as one message; each further recipient is one more.
  const more = recipients.length - 1;
  return more < 1 || (await withinLimit('create', clientAddress(), more))
    ? null
    : { field: null, code: 'too_many_requests' };
}

/** Who names no recipient sends to one without a name. */
export function sendingOf(
  { recipients, notifyWhenOpened }: SendingForm,
  { staff }: Sender,
): Sending {
  return {
    senderId: staff?.accountId ?? null,
    recipients: recipients.length === 0 ? [''] : recipients,
    notifyWhenOpened,
  };
}
