import 'server-only';
import type { MessageStore } from '@/lib/messages/ports';
import type { PrismaClient } from '../prisma-client/client';
import { claimBrowserSealed, claimServerSealed, type ClaimSetting } from './claim-message';
import { acknowledge, destroy, settleClaim, undoClaim } from './end-message';
import { findByKnock, findByLink, findForSender } from './find-message';
import { insertMessages } from './insert-messages';
import { beginTry, countWrongTry, returnTry } from './passphrase-tries';

/** The messages on PostgreSQL. `leaseSeconds`: how long a lost answer may be asked for again. */
export function prismaMessageStore(client: PrismaClient, setting: ClaimSetting): MessageStore {
  const { history } = setting;
  return {
    insert: (messages, life) => insertMessages(client, history, messages, life),
    findByLink: async (address, linkVerifier) => {
      await history.notice();
      return findByLink(client, address, linkVerifier);
    },
    findByKnock: async (address, knockVerifier, nonceHash) => {
      await history.notice();
      return findByKnock(client, address, knockVerifier, nonceHash);
    },
    findForSender: async (address) => {
      await history.notice();
      return findForSender(client, address);
    },
    claimServerSealed: (address, claim) => claimServerSealed(client, setting, address, claim),
    claimBrowserSealed: (address, claim) => claimBrowserSealed(client, setting, address, claim),
    settleClaim: (claim) => settleClaim(client, setting, claim),
    undoClaim: (claim) => undoClaim(client, claim),
    beginTry: (address, claim) => beginTry(client, history, address, claim),
    returnTry: (address) => returnTry(client, address),
    countWrongTry: (address, judged) => countWrongTry(client, history, address, judged),
    acknowledge: (address, nonceHash) => acknowledge(client, address, nonceHash),
    destroy: (address, by) => destroy(client, history, address, by),
  };
}
