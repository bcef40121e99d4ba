/** Signing browsers out. */
import type { DoneResult } from './outcomes';
import type { AccountDesk, Staff } from './ports';

const DONE: DoneResult = { status: 'done' };

/** @param tokenHash of the browser's own session, SHA-256 of its cookie */
export function signOut(desk: AccountDesk, tokenHash: Uint8Array): Promise<DoneResult> {
  return desk.together(({ store }) => store.endSession(tokenHash).then(() => DONE));
}

/** Ends one of somebody's own sessions. */
export function endSession(
  desk: AccountDesk,
  { accountId }: Pick<Staff, 'accountId'>,
  sessionId: string,
): Promise<DoneResult> {
  return desk.together(({ own }) => own.endOwnSession(accountId, sessionId).then(() => DONE));
}

/** Ends every session of somebody's own but the one that asks. */
export function endOtherSessions(
  desk: AccountDesk,
  { accountId, sessionId }: Pick<Staff, 'accountId' | 'sessionId'>,
): Promise<DoneResult> {
  return desk.together(({ own }) => own.endOtherSessions(accountId, sessionId).then(() => DONE));
}
