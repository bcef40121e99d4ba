import type { AccessDetails, Addressee } from './mail-ports';
import type { AccessChange, DoneResult, Refused } from './outcomes';
import type { SignInProof } from './own-account-ports';
import type { AccountDesk, Staff, TogetherDesk } from './ports';
import { provePerson, type PersonProof } from './prove-person';
import { refused } from './refused';
import type { RefusalCode } from '@/lib/refusal-code';

/** A change in how somebody gets in, and who hears of it by mail. */
export interface ProvedChange<Done> {
  /** Holds only while what was proved is still true. */
  readonly make: (proof: SignInProof, desk: TogetherDesk) => Promise<Done>;
  /** What the mail says. */
  readonly says: AccessChange;
  /** Of somebody else than who makes it: whose account it is. */
  readonly accountId?: string;
}

/**
 * Has a person prove who they are, makes the change, and tells whose account it is: both hold, or
 * neither.
 */
export async function makeProvedChange<Done extends { readonly status: string }>(
  desk: AccountDesk,
  staff: Staff,
  shown: PersonProof,
  { make, says, accountId }: ProvedChange<Done>,
): Promise<Done | Refused> {
  const tried = await provePerson(desk, staff, shown);
  if (tried.status === 'refused') return tried;
  return desk.together(async (desk) => {
    // Asked before: of who was removed, nobody knows the address any more.
    const told: Addressee | null = await desk.members.findAddressee(accountId ?? staff.accountId);
    const made = await make(tried.proof, desk);
    if (made.status === 'refused') return made;
    const details: AccessDetails = accountId === undefined ? {} : { by: staff.name };
    if (told !== null) await desk.mail.accessChanged(told, says, details);
    return made;
  });
}

/** What a statement of the store came to, as an answer. */
export function doneOrRefused(outcome: 'done' | RefusalCode): DoneResult {
  return outcome === 'done' ? { status: 'done' } : refused(outcome);
}
