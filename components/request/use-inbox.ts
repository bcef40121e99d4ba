import { useCallback, useState } from 'react';
import type { InboxActions, ManageActions } from '@/components/request/request-actions';
import { useWork } from '@/components/secret/use-work';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import type { OpenedRequest } from '@/lib/browser/requests/request-seed';
import type { Envelope } from '@/lib/protocol/envelope';
import type { RefusalCode } from '@/lib/refusal-code';
import type { Colleague, Inbox, ReplyEnding } from '@/lib/requests/outcomes';

/** A reply on the screen. */
export interface ShownReply {
  readonly replyId: string;
  /** null once it was hidden */
  readonly secret: Envelope | null;
}

const loadOpening = () => loadPart(() => import('@/lib/browser/requests/open-reply'));
const loadSeed = () => loadPart(() => import('@/lib/browser/requests/request-seed'));

/** The states of a request's page: opening its replies, and managing it. */
export function useInbox(initial: Inbox, actions: InboxActions) {
  const [inbox, setInbox] = useState(initial);
  const [isGone, setGone] = useState(false);
  const [refusal, setRefusal] = useState<RefusalCode | null>(null);
  const [shown, setShown] = useState<ShownReply | null>(null);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const work = useWork<'working'>();

  /** Runs one thing at a time; `name` says which control is at work. */
  async function run(name: string, task: () => Promise<void>): Promise<void> {
    if (work.step !== null) return;
    setRefusal(null);
    setBusyWith(name);
    await work.run('working', task);
    setBusyWith(null);
  }

  function setEnding(replyId: string, ending: ReplyEnding): void {
    setInbox((before) => ({
      ...before,
      replies: before.replies.map((reply) =>
        reply.id === replyId ? { ...reply, ending, isRepeatable: false } : reply,
      ),
    }));
  }

  const open = (replyId: string, request: OpenedRequest) =>
    run(`open ${replyId}`, async () => {
      const { openReplyInBrowser, finishReply } = await loadOpening();
      const address = { request: inbox.id, reply: replyId };
      const opening = await openReplyInBrowser(actions.claimReply, address, request);
      switch (opening.status) {
        case 'opened':
          setShown({ replyId, secret: opening.secret });
          setEnding(replyId, { kind: 'opened', at: opening.openedAt, by: null });
          void finishReply(actions.acknowledgeReply, address, opening);
          return;
        case 'ended':
          setEnding(replyId, opening.ending);
          return;
        case 'unknown':
          setGone(true);
          return;
        case 'refused':
          setRefusal(opening.refusal);
      }
    });

  const manage = (
    name: string,
    action: keyof ManageActions,
    fields: Readonly<Record<string, string>> = {},
  ) =>
    run(name, async () => {
      const form = new FormData();
      form.set('request', inbox.id);
      for (const [field, value] of Object.entries(fields)) form.set(field, value);
      const state = await askServer(() => actions[action](form));
      if (state.status === 'known') setInbox(state.inbox);
      else if (state.status === 'unknown') setGone(true);
      else setRefusal(state.refusal);
    });

  const addReader = async (colleague: Colleague, request: OpenedRequest) => {
    const { sealForColleague } = await loadSeed();
    const sealedSeed = await sealForColleague(request, colleague);
    await manage('add', 'addReader', { accountId: colleague.accountId, sealedSeed });
  };

  const hide = useCallback(() => setShown((before) => before && { ...before, secret: null }), []);

  return {
    inbox,
    isGone,
    refusal,
    trouble: work.trouble,
    busyWith,
    shown,
    open,
    hide,
    manage,
    addReader,
  };
}

export type InboxWork = ReturnType<typeof useInbox>;
