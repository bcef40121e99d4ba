import { useCallback, useRef, useState } from 'react';
import type { InboxActions, ManageActions } from '@/components/request/request-actions';
import { useWork } from '@/components/secret/use-work';
import { askServer } from '@/lib/browser/ask-server';
import type { Hold } from '@/lib/browser/hold-claim';
import { loadPart } from '@/lib/browser/load-part';
import type { OpenedRequest } from '@/lib/browser/requests/request-seed';
import type { Envelope } from '@/lib/protocol/envelope';
import type { RefusalCode } from '@/lib/refusal-code';
import type { Colleague, Inbox, ReplyEnding } from '@/lib/requests/outcomes';

/** A reply on the screen. */
export interface ShownReply {
  readonly replyId: string;
  /** null once it was deleted from the page */
  readonly secret: Envelope | null;
  /** Until when this tab can show it again, ISO 8601; null if it can't. */
  readonly until: string | null;
}

type ManagedFields = Readonly<Record<string, string>>;

const loadOpening = () => loadPart(() => import('@/lib/browser/requests/open-reply'));
const loadSeed = () => loadPart(() => import('@/lib/browser/requests/request-seed'));

/** The states of a request's page: opening its replies, and managing it. */
export function useInbox(initial: Inbox, actions: InboxActions, leaseSeconds: number) {
  const [inbox, setInbox] = useState(initial);
  const [isGone, setGone] = useState(false);
  const [refusal, setRefusal] = useState<RefusalCode | null>(null);
  const [shown, setShown] = useState<ShownReply | null>(null);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const work = useWork<'working'>();
  /** Replies that this tab can show again, by their ids; and the one on the screen. */
  const holds = useRef(new Map<string, Hold>());
  const shownId = useRef<string | null>(null);
  const waiting = useRef(new Set<string>());
  const last = useRef<Promise<void>>(Promise.resolve());

  /**
   * Runs one thing after the other; `name` says which control is at work. A
   * press meanwhile waits for its turn, a second one of the same control does
   * nothing. What it has come to is shown once it is over.
   */
  function run(name: string, task: () => Promise<() => void>): void {
    if (waiting.current.has(name)) return;
    waiting.current.add(name);
    last.current = last.current.then(async () => {
      setRefusal(null);
      setBusyWith(name);
      let show: () => void = () => undefined;
      await work.run('working', async () => {
        show = await task();
      });
      waiting.current.delete(name);
      setBusyWith(null);
      show();
    });
  }

  function setEnding(replyId: string, ending: ReplyEnding): void {
    setInbox((before) => ({
      ...before,
      replies: before.replies.map((reply) =>
        reply.id === replyId ? { ...reply, ending, isRepeatable: false } : reply,
      ),
    }));
  }

  const setRepeatable = useCallback((replyId: string, isRepeatable: boolean) => {
    setInbox((before) => ({
      ...before,
      replies: before.replies.map((reply) =>
        reply.id === replyId ? { ...reply, isRepeatable } : reply,
      ),
    }));
  }, []);

  /** What leaves the screen and is held can be opened again. */
  const putAside = useCallback(() => {
    const replyId = shownId.current;
    shownId.current = null;
    if (replyId !== null && holds.current.has(replyId)) setRepeatable(replyId, true);
  }, [setRepeatable]);

  const letGo = (replyId: string) => {
    holds.current.delete(replyId);
    setRepeatable(replyId, false);
    setShown((before) => (before?.replyId === replyId ? { ...before, until: null } : before));
  };

  const open = (replyId: string, request: OpenedRequest) =>
    run(`open ${replyId}`, async () => {
      const { openReplyInBrowser, holdReply } = await loadOpening();
      const address = { request: inbox.id, reply: replyId };
      const opening = await openReplyInBrowser(actions.claimReply, address, request);
      switch (opening.status) {
        case 'opened': {
          const acknowledge = actions.acknowledgeReply;
          const onGone = () => letGo(replyId);
          const hold = await holdReply(acknowledge, address, opening, leaseSeconds, onGone);
          if (hold.until !== null) holds.current.set(replyId, hold);
          return () => {
            putAside();
            shownId.current = replyId;
            setShown({ replyId, secret: opening.secret, until: hold.until });
            setEnding(replyId, { kind: 'opened', at: opening.openedAt, by: null });
          };
        }
        case 'ended':
          return () => setEnding(replyId, opening.ending);
        case 'unknown':
          return () => setGone(true);
        case 'refused':
          return () => setRefusal(opening.refusal);
      }
    });

  const manage = (
    name: string,
    action: keyof ManageActions,
    fields: ManagedFields | (() => Promise<ManagedFields>) = {},
    onDone: (after: Inbox) => void = () => undefined,
  ) =>
    run(name, async () => {
      const form = new FormData();
      form.set('request', inbox.id);
      const given = typeof fields === 'function' ? await fields() : fields;
      for (const [field, value] of Object.entries(given)) form.set(field, value);
      const state = await askServer(() => actions[action](form));
      return () => {
        if (state.status === 'known') {
          setInbox(state.inbox);
          onDone(state.inbox);
        } else if (state.status === 'unknown') setGone(true);
        else setRefusal(state.refusal);
      };
    });

  const addReader = (colleague: Colleague, isTold: boolean, request: OpenedRequest) =>
    manage('add', 'addReader', async () => {
      const { sealForColleague } = await loadSeed();
      const sealedSeed = await sealForColleague(request, colleague);
      return { accountId: colleague.accountId, sealedSeed, isTold: isTold ? 'yes' : 'no' };
    });

  /** The reader has a copy of their own. */
  const take = useCallback(() => {
    if (shownId.current !== null) holds.current.get(shownId.current)?.release();
  }, []);

  const hide = useCallback(
    (byPerson: boolean) => {
      if (byPerson) take();
      const isHeld = shownId.current !== null && holds.current.has(shownId.current);
      if (!byPerson && isHeld) {
        putAside();
        setShown(null);
      } else setShown((before) => before && { ...before, secret: null });
    },
    [take, putAside],
  );

  return {
    inbox,
    isGone,
    refusal,
    trouble: work.trouble,
    busyWith,
    shown,
    open,
    hide,
    take,
    manage,
    addReader,
  };
}

export type InboxWork = ReturnType<typeof useInbox>;
