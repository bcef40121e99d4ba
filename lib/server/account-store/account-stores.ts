import 'server-only';
import type { TogetherDesk } from '@/lib/accounts/ports';
import type { Prisma } from '../prisma-client/client';
import { prismaEmailChangeStore } from './email-change';
import { prismaGuesses } from './guesses';
import { prismaMemberStore } from './members';
import { prismaOwnAccountStore } from './own-account';
import { prismaAccountStore } from './prisma-account-store';
import { prismaRecoveryStore } from './recovery';
import { prismaSecondFactorSetup } from './second-factor-setup';

/** @param client the database, or one transaction for whatever is done by these */
export function accountStores(client: Prisma.TransactionClient): Omit<TogetherDesk, 'mail'> {
  return {
    store: prismaAccountStore(client),
    own: prismaOwnAccountStore(client),
    members: prismaMemberStore(client),
    recovery: prismaRecoveryStore(client),
    emailChange: prismaEmailChangeStore(client),
    secondFactorSetup: prismaSecondFactorSetup(client),
    guesses: prismaGuesses(client),
  };
}
