import 'server-only';
import type { AccountStore } from '@/lib/accounts/ports';
import type { Prisma } from '../prisma-client/client';
import { createInvited, createOwner } from './create-account';
import { findByWhatWasMade, findForSignIn, findPasswordSalt, isEmpty } from './find-account';
import { findInvitation } from './invitations';
import { createSession, endSession } from './sessions';
import { lockVault, startVault, touchVault } from './vault';

/** The accounts on PostgreSQL. */
export function prismaAccountStore(client: Prisma.TransactionClient): AccountStore {
  return {
    isEmpty: () => isEmpty(client),
    findPasswordSalt: (email) => findPasswordSalt(client, email),
    findForSignIn: (email) => findForSignIn(client, email),
    createOwner: (account) => createOwner(client, account),
    createInvited: (invitationHash, account) => createInvited(client, invitationHash, account),
    findByWhatWasMade: (salt, vault) => findByWhatWasMade(client, salt, vault),
    findInvitation: (invitationHash) => findInvitation(client, invitationHash),
    createSession: (proof, session) => createSession(client, proof, session),
    startVault: (sessionId, fresh) => startVault(client, sessionId, fresh),
    touchVault: (sessionId) => touchVault(client, sessionId),
    lockVault: (sessionId) => lockVault(client, sessionId),
    endSession: (tokenHash) => endSession(client, tokenHash),
  };
}
