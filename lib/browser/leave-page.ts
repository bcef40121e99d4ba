/**
 * Leaving a page: where a script may go on to, whether its person is asked first, what goes from the
 * screen with it, and what the page that comes says of it.
 */

/**
 * The address of a page of this site to go on to, whole; null for anything that leads elsewhere, so
 * that no one can be sent off by a link, a cookie, a header or a form. What is given back is the
 * very address that was looked at: a part of it, taken alone, may be read as another one, as a path
 * that begins with `//` is.
 *
 * @param text as it came; relative to this site
 */
export function ownAddress(text: string | null): string | null {
  if (text === null || !URL.canParse(text, location.origin)) return null;
  const url = new URL(text, location.origin);
  // The address of a blob has the origin of the page that made it.
  const isOurs = url.origin === location.origin && url.protocol === location.protocol;
  const isPlain = url.username === '' && url.password === '' && !url.pathname.startsWith('//');
  return isOurs && isPlain ? url.href : null;
}

/** Whether the question about leaving was answered, before something that can't be taken back. */
let isAnswered = false;

/** Whether the page's guards would have the browser ask: see `useLeaveGuard`. Shows no question. */
export function wouldAskToLeave(): boolean {
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

/** The person has answered already, and the page is on its way out: it is not asked again. */
export function leaveUnasked(): void {
  isAnswered = true;
}

/** For the guards: whether a question would come after the answer. */
export function hasAnsweredToLeave(): boolean {
  return isAnswered;
}

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

/**
 * What the page that comes says first, once. Handed over in this tab and not in its address: a link
 * could say it to anyone.
 */
const NAME = 'sealpost-parting';
const WORDS = ['signedOut', 'accountDeleted'] as const;
export type PartingWord = (typeof WORDS)[number];

export function leaveWord(word: PartingWord): void {
  try {
    sessionStorage.setItem(NAME, word);
  } catch {
    // Storage may be forbidden here: then nothing is said.
  }
}

/** Gives it and forgets it. */
export function takeWord(): PartingWord | null {
  try {
    const left = sessionStorage.getItem(NAME);
    sessionStorage.removeItem(NAME);
    return WORDS.find((word) => word === left) ?? null;
  } catch {
    return null;
  }
}
