import 'server-only';
import type { AccountStore } from '@/lib/accounts/ports';
import type { PrismaClient } from '../prisma-client/client';
import { createInvited, createOwner } from './create-account';
import { findForSignIn, findPasswordSalt, findStaff, isEmpty } from './find-account';
import { findInvitation } from './invitations';
import { createSession, endSession } from './sessions';
import { findVault } from './vault';

/** The accounts on PostgreSQL. */
export function prismaAccountStore(client: PrismaClient): AccountStore {
  return {
    isEmpty: () => isEmpty(client),
    findPasswordSalt: (email) => findPasswordSalt(client, email),
    findForSignIn: (email) => findForSignIn(client, email),
    createOwner: (account) => createOwner(client, account),
    createInvited: (invitationHash, account) => createInvited(client, invitationHash, account),
    findInvitation: (invitationHash) => findInvitation(client, invitationHash),
    createSession: (accountId, signInHash, session) =>
      createSession(client, accountId, signInHash, session),
    findStaff: (tokenHash) => findStaff(client, tokenHash),
    findVault: (accountId) => findVault(client, accountId),
    endSession: (tokenHash) => endSession(client, tokenHash),
  };
}
