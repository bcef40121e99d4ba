import 'server-only';
import type { ClaimAnswer, MessageRecord, MessageStore } from '@/lib/messages/ports';

/**
 * A store that says so when a message of somebody who wants to know of it has
 * ended, whatever way that was: no way of opening can forget to.
 *
 * @param tell is not waited for, and never fails
 */
export function tellingStore(store: MessageStore, tell: () => Promise<void>): MessageStore {
  const tellOf = (record: MessageRecord | null) => {
    if (record?.notifyWhenOpened === true && record.state !== 'SEALED') void tell();
  };
  const recordOf = (answer: ClaimAnswer) =>
    answer !== null && 'record' in answer ? answer.record : null;
  return {
    ...store,
    claimServerSealed: async (address, claim) => {
      const answer = await store.claimServerSealed(address, claim);
      tellOf(recordOf(answer));
      return answer;
    },
    claimBrowserSealed: async (address, claim) => {
      const answer = await store.claimBrowserSealed(address, claim);
      tellOf(recordOf(answer));
      return answer;
    },
    countWrongTry: async (address) => {
      const record = await store.countWrongTry(address);
      tellOf(record);
      return record;
    },
    destroy: async (address, by) => {
      const record = await store.destroy(address, by);
      tellOf(record);
      return record;
    },
  };
}
