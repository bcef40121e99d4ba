import { useCallback, useRef, useState } from 'react';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import type { Hold } from '@/lib/browser/hold-claim';
import type { Envelope } from '@/lib/protocol/envelope';

/** A reply that was opened in this tab, which may be the only place that has it. */
export interface ReplyCopy {
  /** As it came, base64url: only the vault opens it. Null once it was deleted here. */
  readonly sealedReply: string | null;
  /** On the screen; null while it is hidden. */
  readonly secret: Envelope | null;
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

  const change = useCallback((replyId: string, changed: Partial<ReplyCopy>) => {
    setCopies((before) => {
      const copy = before.get(replyId);
      return copy === undefined ? before : new Map(before).set(replyId, { ...copy, ...changed });
    });
  }, []);

  const hideAll = useCallback(() => {
    setCopies((before) => {
      const isShown = Array.from(before.values()).some(({ secret }) => secret !== null);
      if (!isShown) return before;
      return new Map(Array.from(before, ([id, copy]) => [id, { ...copy, secret: null }]));
    });
  }, []);

  /** Takes the place of what was on the screen. */
  const show = useCallback(
    (replyId: string, secret: Envelope) => {
      hideAll();
      lastShown.current = replyId;
      // Behind the gate nothing stands in clear, also what was asked for before it shut.
      if (!isShut.current) change(replyId, { secret });
    },
    [hideAll, change],
  );

  const put = (replyId: string, sealedReply: string, secret: Envelope, hold: Hold) => {
    holds.current.set(replyId, hold);
    setCopies((before) =>
      new Map(before).set(replyId, {
        sealedReply,
        secret: null,
        until: hold.until,
        isTaken: before.get(replyId)?.isTaken ?? false,
      }),
    );
    show(replyId, secret);
  };

  const take = useCallback(
    (replyId: string) => {
      holds.current.get(replyId)?.release();
      change(replyId, { isTaken: true });
    },
    [change],
  );

  const remove = useCallback(
    (replyId: string) => {
      take(replyId);
      change(replyId, { sealedReply: null, secret: null });
    },
    [take, change],
  );

  /** The vault has locked. */
  const shut = useCallback(() => {
    isShut.current = true;
    hideAll();
  }, [hideAll]);

  /** It is open again. @returns what was on the screen, if it is still here */
  const unshut = useCallback(() => {
    isShut.current = false;
    return lastShown.current;
  }, []);

  const letGo = (replyId: string) => change(replyId, { until: null });

  return { copies, put, show, hideAll, take, remove, letGo, shut, unshut };
}
