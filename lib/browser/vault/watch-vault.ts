/** Sees to it that a page which stays open notices when its vault locks: by the clock, or in another tab. */
import { hearOfLock, timeLeft } from './vault-memory';
import { listenToTabs } from './vault-tabs';

/** Between two uses that a person's own hands on the page count as. Milliseconds. */
const TOUCH_EVERY_MS = 60_000;

export interface VaultWatch {
  /** Looked at again: by the timer, by coming back to the page, or because another tab says so. */
  readonly onLook: (isOpen: boolean) => void;
  /** A person is at work here with what the vault shows, which counts as using it. */
  readonly touch?: () => Promise<unknown>;
}

/** @returns how to stop watching */
export function watchVault(accountId: string, { onLook, touch }: VaultWatch): () => void {
  const leaving = new AbortController();
  const { signal } = leaving;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let touchedAt = Date.now();

  async function look(): Promise<boolean> {
    const left = await timeLeft(accountId);
    if (signal.aborted) return false;
    clearTimeout(timer);
    if (left !== null) timer = setTimeout(() => void look(), left);
    onLook(left !== null);
    return left !== null;
  }

  async function lookAndTouch(): Promise<void> {
    if (!(await look()) || Date.now() - touchedAt < TOUCH_EVERY_MS) return;
    touchedAt = Date.now();
    // Without an answer the time runs on; that is the worse of two guesses for nobody but this page.
    await touch?.().catch(() => undefined);
    await look();
  }

  const onReturn = () => {
    // Timers sleep with the device; the clock does not.
    if (document.visibilityState === 'visible') void lookAndTouch();
  };
  const onHand = ({ isTrusted }: Event) => {
    if (isTrusted && Date.now() - touchedAt >= TOUCH_EVERY_MS) void lookAndTouch();
  };
  addEventListener('focus', onReturn, { signal });
  addEventListener('pageshow', onReturn, { signal });
  document.addEventListener('visibilitychange', onReturn, { signal });
  addEventListener('pointerdown', onHand, { signal, passive: true });
  addEventListener('keydown', onHand, { signal });
  const stopListening = listenToTabs((news) => {
    void (news === 'locked' ? hearOfLock().then(look) : look());
  });
  void look();
  return () => {
    leaving.abort();
    clearTimeout(timer);
    stopListening();
  };
}
