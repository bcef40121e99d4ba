import { useEffect, useEffectEvent } from 'react';
import type { MessageView } from '@/components/secret/message-view';

/** Calls `onEnd` when this tab can't show again any more what it was offered to show again. */
export function useHeldEnd(view: MessageView, onEnd: () => void): void {
  const heldUntil = view.view === 'repeatable' ? view.heldUntil : null;
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (heldUntil === null) return;
    const timer = setTimeout(end, Math.max(0, heldUntil - Date.now()));
    return () => clearTimeout(timer);
  }, [heldUntil]);
}
