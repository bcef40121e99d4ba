/**
 * Tells the other tabs of this browser that the vault was locked or opened. Nothing else is said:
 * each looks for itself. Where there are no channels it goes by storage, which holds it for no
 * longer than it takes to say; where that is forbidden too, a tab finds out when it is looked at.
 */
const NAME = 'sealpost-vault';

export type VaultNews = 'locked' | 'opened';

export function tellTabs(news: VaultNews): void {
  if (typeof BroadcastChannel !== 'undefined') {
    const channel = new BroadcastChannel(NAME);
    channel.postMessage(news);
    channel.close();
    return;
  }
  try {
    localStorage.setItem(NAME, news);
    localStorage.removeItem(NAME);
  } catch {
    // As above.
  }
}

/** @returns how to stop listening */
export function listenToTabs(hear: (news: VaultNews) => void): () => void {
  const accept = (said: unknown) => {
    if (said === 'locked' || said === 'opened') hear(said);
  };
  if (typeof BroadcastChannel !== 'undefined') {
    const channel = new BroadcastChannel(NAME);
    channel.addEventListener('message', ({ data }) => accept(data));
    return () => channel.close();
  }
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === NAME) accept(newValue);
  };
  addEventListener('storage', onStorage);
  return () => removeEventListener('storage', onStorage);
}
