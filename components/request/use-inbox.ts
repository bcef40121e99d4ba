import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import type { InboxActions, ManageActions } from '@/components/request/request-actions';
import type { ReadableRequest } from '@/components/request/use-opened-request';
import { useReplyCopies } from '@/components/request/use-reply-copies';
import { useWork } from '@/components/secret/use-work';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import type { RefusalCode } from '@/lib/refusal-code';
import type { Colleague, Inbox, ReplyEnding } from '@/lib/requests/outcomes';

type ManagedFields = Readonly<Record<string, string>>;

const loadOpening = () => loadPart(() => import('@/lib/browser/requests/open-reply'));
const loadSeed = () => loadPart(() => import('@/lib/browser/requests/request-seed'));

/** The gate has shut meanwhile, and asks for the password. */
const nothing = () => undefined;

/** The states of a request's page: opening its replies, and managing it. */
export function useInbox(initial: Inbox, actions: InboxActions, leaseSeconds: number) {
  const [inbox, setInbox] = useState(initial);
  const [isGone, setGone] = useState(false);
  const [refusal, setRefusal] = useState<RefusalCode | null>(null);
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const work = useWork<'working'>();
  const router = useRouter();
  const replies = useReplyCopies();
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

  const open = (replyId: string, request: ReadableRequest) =>
    run(`open ${replyId}`, async () => {
      const { openReplyInBrowser, holdReply } = await loadOpening();
      const opened = await request.open();
      if (opened === null) return nothing;
      const address = { request: inbox.id, reply: replyId };
      const opening = await openReplyInBrowser(actions.claimReply, address, opened);
      switch (opening.status) {
        case 'opened': {
          const acknowledge = actions.acknowledgeReply;
          const onGone = () => replies.letGo(replyId);
          const hold = await holdReply(acknowledge, address, opening, leaseSeconds, onGone);
          return () => {
            replies.put(replyId, opening.sealedReply, opening.secret, hold);
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

  /** What was opened in this tab and is hidden: nothing is asked of the server but the vault's share. */
  const showAgain = (replyId: string, request: ReadableRequest) => {
    const sealedReply = replies.copies.get(replyId)?.sealedReply ?? null;
    if (sealedReply === null) return;
    run(`show ${replyId}`, async () => {
      const { openSealedReply } = await loadOpening();
      const opened = await request.open();
      if (opened === null) return nothing;
      const secret = await openSealedReply(sealedReply, opened);
      return () => replies.show(replyId, secret);
    });
  };

  const manage = (
    name: string,
    action: keyof ManageActions,
    fields: ManagedFields | (() => Promise<ManagedFields | null>) = {},
    onDone: (after: Inbox) => void = () => undefined,
  ) =>
    run(name, async () => {
      const form = new FormData();
      form.set('request', inbox.id);
      const given = typeof fields === 'function' ? await fields() : fields;
      if (given === null) return nothing;
      for (const [field, value] of Object.entries(given)) form.set(field, value);
      const state = await askServer(action, () => actions[action](form));
      return () => {
        if (state.status === 'known') {
          setInbox(state.inbox);
          onDone(state.inbox);
        } else if (state.status === 'unknown') setGone(true);
        else {
          setRefusal(state.refusal);
          // The page learns whose vaults are whose now.
          if (state.refusal === 'vault_replaced') router.refresh();
        }
      };
    });

  const addReader = (colleague: Colleague, isTold: boolean, request: ReadableRequest) =>
    manage('add', 'addReader', async () => {
      const { sealForColleague } = await loadSeed();
      const opened = await request.open();
      if (opened === null) return null;
      return {
        accountId: colleague.accountId,
        ...(await sealForColleague(opened, colleague)),
        isTold: isTold ? 'yes' : 'no',
      };
    });

  return {
    inbox,
    isGone,
    refusal,
    trouble: work.trouble,
    busyWith,
    replies,
    open,
    showAgain,
    manage,
    addReader,
  };
}

export type InboxWork = ReturnType<typeof useInbox>;
