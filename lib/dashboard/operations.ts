import 'server-only';
import { destroy } from '@/lib/sealed/end';
import { messageAt } from '@/lib/sealed/item';
import { locateMessage } from '@/lib/sealed/locate';
import { destroySentForm } from '@/lib/sealed/schema';
import { endingOfRefused } from '@/lib/sealed/views';
import type { Context } from '@/lib/server/context';
import { byCode, operation } from '@/lib/server/operation';
import { member } from '@/lib/server/accounts/current-staff';
import { Prisma } from '@/lib/server/prisma-client/client';
import type { DestroyResult } from './outcomes';

type Member = Readonly<Record<'accountId', string>>;

export const destroySent = operation<typeof destroySentForm, Member, DestroyResult>({
  name: 'destroy sent',
  who: member,
  limit: 'staff',
  schema: destroySentForm,
  run: (context, { token }, { accountId }) => destroyFromList(context, accountId, token),
  refuse: byCode,
});

/** Destroys a secret from its sender's list. Unknown to everybody whose list it is not in. */
export async function destroyFromList(
  context: Context,
  senderId: string,
  statusToken: string,
): Promise<DestroyResult> {
  const located = await locateMessage(context.keyring, statusToken, 'status');
  if (located === null) return { status: 'unknown' };
  const which = Prisma.sql`${messageAt(located.address)} AND i.sender_id = ${senderId}::uuid`;
  const record = await destroy(context, which, 'SENDER', senderId);
  return record === null
    ? { status: 'unknown' }
    : { status: 'ended', ending: endingOfRefused(record) };
}
