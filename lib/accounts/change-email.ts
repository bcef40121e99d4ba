/**
 * Another address for an account. Rules: it takes what signing in takes; the mailbox is proved by a
 * link before anything changes; the old one hears of it twice, while it can still be stopped and when
 * it is done. Without mail nobody could prove a mailbox, and nothing is sent to one: then it changes
 * at once.
 */
import { createOpaqueToken, hashNewToken, hashOpaqueToken } from './opaque-token';
import type { DoneResult, EmailChangeResult } from './outcomes';
import type { AccountDesk, Staff } from './ports';
import { provePerson, type PersonProof } from './prove-person';
import { refused } from './refused';

export interface NewEmail extends PersonProof {
  readonly email: string;
}

export async function changeEmail(
  desk: AccountDesk,
  staff: Staff,
  { email, ...shown }: NewEmail,
): Promise<EmailChangeResult> {
  const tried = await provePerson(desk, staff, shown);
  if (tried.status === 'refused') return tried;
  const token = createOpaqueToken();
  const tokenHash = await hashNewToken(token);
  const link = `${desk.appUrl}/email/${token}`;
  const asked = await desk.together<EmailChangeResult>(async ({ emailChange, mail }) => {
    const started = await emailChange.start(tried.proof, email, tokenHash);
    if (started !== 'started') return refused(started, started === 'email_taken' ? 'email' : null);
    await mail.accessChanged(staff, 'email_asked', { address: email });
    await mail.confirmEmail({ email, name: staff.name }, link);
    return { status: 'asked' };
  });
  if (asked.status !== 'asked' || desk.mail.isSetUp()) return asked;
  const changed = await confirmEmail(desk, token);
  return changed.status === 'done' ? { status: 'changed' } : changed;
}

/** The address that a link is about; null for one that can't be used. */
export async function lookAtEmailChange(desk: AccountDesk, token: string): Promise<string | null> {
  const tokenHash = await hashOpaqueToken(token);
  return tokenHash === null ? null : desk.emailChange.find(tokenHash);
}

export async function confirmEmail(desk: AccountDesk, token: string): Promise<DoneResult> {
  const tokenHash = await hashOpaqueToken(token);
  if (tokenHash === null) return refused('email_link_unknown');
  const address = await desk.emailChange.find(tokenHash);
  return desk.together(async ({ emailChange, mail }) => {
    const changed = await emailChange.complete(tokenHash);
    if (changed === null || address === null) return refused('email_link_unknown');
    if (changed === 'email_taken') return refused('email_taken');
    await mail.accessChanged(changed, 'email_changed', { address });
    return { status: 'done' };
  });
}
