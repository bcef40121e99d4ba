import 'server-only';
import type { RequestStore } from '@/lib/requests/ports';
import { makeCounted } from '../history/counted-change';
import type { PrismaClient } from '../prisma-client/client';
import {
  acknowledgeReply,
  claimReply,
  settleReply,
  undoReplyClaim,
  type ReplyClaimSetting,
} from './claim-reply';
import { findReply, withdrawReply } from './client-reply';
import { findRequest, showRequest } from './find-request';
import { insertReply } from './insert-reply';
import { insertRequest } from './insert-request';
import { closeRequest, destroyRequest, extendRequest, findEpochs } from './manage-request';
import { addReader, keepSeed, listColleagues, removeReader, setTold } from './readers';

/** The requests on PostgreSQL. `leaseSeconds`: how long a lost answer may be asked for again. */
export function prismaRequestStore(client: PrismaClient, setting: ReplyClaimSetting): RequestStore {
  const { history } = setting;
  return {
    insert: (request) => insertRequest(client, request),
    find: (address) => findRequest(client, address),
    insertReply: (reply) => insertReply(client, history, reply),
    findReply: async (address) => {
      await history.notice();
      return findReply(client, address);
    },
    withdrawReply: (address) => withdrawReply(client, history, address),
    show: async (access) => {
      await history.notice();
      return showRequest(client, access);
    },
    claimReply: (claim) => claimReply(client, setting, claim),
    acknowledgeReply: (claim) => acknowledgeReply(client, claim),
    settleReply: (claim) => settleReply(client, setting, claim),
    undoReplyClaim: (claim) => undoReplyClaim(client, claim),
    addReader: (access, reader) =>
      makeCounted(
        client,
        history,
        (transaction) => addReader(transaction, access, reader),
        (added) => added === 'added',
      ),
    keepSeed: (access, sealedSeed) => keepSeed(client, access, sealedSeed),
    removeReader: (access, readerId) =>
      makeCounted(
        client,
        history,
        (transaction) => removeReader(transaction, access, readerId),
        (removed) => removed === 'removed',
      ),
    setTold: (access, isTold) => setTold(client, access, isTold),
    findEpochs: (access) => findEpochs(client, access),
    extend: (access, life) => extendRequest(client, access, life),
    close: (access) => closeRequest(client, access),
    destroy: (access) => destroyRequest(client, history, access),
    listColleagues: () => listColleagues(client),
  };
}
