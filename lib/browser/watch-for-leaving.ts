/** How long the page may be in the background before what it shows has to go. Milliseconds. */
const BACKGROUND_MS = 10 * 60 * 1000;

/**
 * Calls `onLeave` when the page is left (also into the back-forward cache) or
 * has been in the background for ten minutes. Returns how to stop watching.
 */
export function watchForLeaving(onLeave: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenSince: number | null = null;

  const onVisibility = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') {
      hiddenSince = Date.now();
      timer = setTimeout(onLeave, BACKGROUND_MS);
      return;
    }
    // Timers sleep with the device; the clock does not.
    if (hiddenSince !== null && Date.now() - hiddenSince >= BACKGROUND_MS) onLeave();
    hiddenSince = null;
  };

  addEventListener('pagehide', onLeave);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    clearTimeout(timer);
    removeEventListener('pagehide', onLeave);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
