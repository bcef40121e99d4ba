import { locateMessage } from './locate-message';
import type { StatusState } from './outcomes';
import type { MessageDesk, MessageRecord } from './ports';
import { endingOf, isKeptClosed, isoTime } from './views';

/** What the sender's status page shows. Changes nothing. */
export async function lookAtStatus(desk: MessageDesk, statusToken: string): Promise<StatusState> {
  const located = await locateMessage(desk.keyring, statusToken, 'status');
  if (located === null) return { status: 'unknown' };
  const record = await desk.store.findForSender(located.address);
  return record === null ? { status: 'unknown' } : statusStateOf(record);
}

export function statusStateOf(record: MessageRecord): StatusState {
  return {
    status: 'known',
    seal: record.seal,
    note: record.note,
    createdAt: isoTime(record.createdAtMs),
    expiresAt: isoTime(record.expiresAtMs),
    hasPassphrase: record.hasPassphrase,
    wrongPassphrases: record.wrongPassphrases,
    ending: endingOf(record),
    isKeptClosed: isKeptClosed(record),
    refusal: null,
  };
}
