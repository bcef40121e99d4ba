import { useCallback, useRef, useState } from 'react';
import { useLeaveGuard } from '@/components/form/use-work';
import type { Hold } from '@/lib/browser/claim-memory';
import type { Envelope } from '@/lib/protocol/envelope';

/** A reply that was opened in this tab, which may be the only place that has it. */
export interface ReplyCopy {
  /** As it came, base64url: only the vault opens it. Null once it was deleted here. */
  readonly sealedReply: string | null;
  /** Until when this tab can fetch it again, ISO 8601; null if it can't. */
  readonly until: string | null;
  /** Its reader has a copy of their own. */
  readonly isTaken: boolean;
}

/**
 * The replies that this tab has, sealed as they came, and the one on the screen in clear. What is
 * hidden, since the vault locked or the page was left, is not lost: the vault opens it again.
 */
export function useReplyCopies() {
  const [copies, setCopies] = useState<ReadonlyMap<string, ReplyCopy>>(new Map());
  /** In clear, and only one at a time. */
  const [shown, setShown] = useState<{ replyId: string; secret: Envelope } | null>(null);
  const holds = useRef(new Map<string, Hold>());
  /** On the screen now, or last: what comes back when the vault is opened again. */
  const lastShown = useRef<string | null>(null);
  const isShut = useRef(false);

  useLeaveGuard(
    useCallback(
      () =>
        Array.from(copies.values()).some(
          ({ sealedReply, isTaken, until }) => sealedReply !== null && !isTaken && until === null,
        ),
      [copies],
    ),
  );

  const change = (replyId: string, changed: Partial<ReplyCopy>) =>
    setCopies((before) => {
      const copy = before.get(replyId);
      return copy === undefined ? before : new Map(before).set(replyId, { ...copy, ...changed });
    });

  const hide = useCallback(() => setShown(null), []);

  /** Takes the place of what was on the screen. */
  const show = (replyId: string, secret: Envelope) => {
    lastShown.current = replyId;
    // Behind the gate nothing stands in clear, also what was asked for before it shut.
    setShown(isShut.current ? null : { replyId, secret });
  };

  const put = (replyId: string, sealedReply: string, secret: Envelope, hold: Hold) => {
    holds.current.set(replyId, hold);
    setCopies((before) => {
      const isTaken = before.get(replyId)?.isTaken ?? false;
      return new Map(before).set(replyId, { sealedReply, until: hold.until, isTaken });
    });
    show(replyId, secret);
  };

  const take = (replyId: string) => {
    holds.current.get(replyId)?.release();
    change(replyId, { isTaken: true });
  };

  const remove = (replyId: string) => {
    take(replyId);
    change(replyId, { sealedReply: null });
    hide();
  };

  /** The vault has locked. */
  const shut = useCallback(() => {
    isShut.current = true;
    hide();
  }, [hide]);

  /** It is open again. @returns what was on the screen, if it is still here */
  const unshut = () => {
    isShut.current = false;
    return lastShown.current;
  };

  const letGo = (replyId: string) => change(replyId, { until: null });

  return { copies, shown, put, show, hide, take, remove, letGo, shut, unshut };
}
