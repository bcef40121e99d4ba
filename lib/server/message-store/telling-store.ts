import 'server-only';
import type { MessageRecord, MessageStore } from '@/lib/messages/ports';

/**
 * A store that says so when a message of somebody who wants to know of it has
 * ended, whatever way that was: no way of opening can forget to.
 *
 * @param tell is not waited for, and never fails; `settled` is a message that was claimed, which is
 *   not told of before: until then the claim may be undone
 */
export function tellingStore(
  store: MessageStore,
  tell: (settled: bigint | null) => Promise<void>,
): MessageStore {
  const tellOf = (record: MessageRecord | null) => {
    if (record?.notifyWhenOpened === true && record.state !== 'SEALED') void tell(null);
  };
  return {
    ...store,
    settleClaim: async (claim) => {
      const isSettled = await store.settleClaim(claim);
      if (isSettled && claim.notifyWhenOpened) void tell(claim.id);
      return isSettled;
    },
    claimBrowserSealed: async (address, claim) => {
      const answer = await store.claimBrowserSealed(address, claim);
      if (answer?.verdict === 'ended') tellOf(answer.record);
      return answer;
    },
    countWrongTry: async (address, judged) => {
      const counted = await store.countWrongTry(address, judged);
      tellOf(counted?.record ?? null);
      return counted;
    },
    destroy: async (address, by) => {
      const record = await store.destroy(address, by);
      tellOf(record);
      return record;
    },
  };
}
