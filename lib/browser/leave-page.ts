/** The question about leaving a page, asked before something is done that can't be taken back. */

let isAnswered = false;

/** Whether the page's guards would have the browser ask: see `useLeaveGuard`. Asks nobody. */
export function wouldAskToLeave(): boolean {
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

/** The person has answered already, and the page is on its way out: nobody asks again. */
export function leaveUnasked(): void {
  isAnswered = true;
}

/** For the guards: whether a question would come after the answer. */
export function hasAnsweredToLeave(): boolean {
  return isAnswered;
}
