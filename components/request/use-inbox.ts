import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import type { VaultActions } from '@/components/account/vault-gate';
import { useReplyCopies } from '@/components/request/use-reply-copies';
import { useWork } from '@/components/form/use-work';
import { askServer, formOf } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/browser-trouble';
import type { OpenedRequest, RequestSource } from '@/lib/browser/requests/request-seed';
import type { ExpiresIn } from '@/lib/sealed/policy';
import type { RefusalCode } from '@/lib/refusal-code';
import type {
  ClaimReplyResult,
  Colleague,
  Inbox,
  InboxState,
  ReplyEnding,
} from '@/lib/requests/outcomes';

type Ask<Result> = (form: FormData) => Promise<Result>;

/** What changes a request: each answers with the request as it is then. */
interface ManageActions {
  readonly addReader: Ask<InboxState>;
  readonly removeReader: Ask<InboxState>;
  readonly chooseNotice: Ask<InboxState>;
  readonly extendRequest: Ask<InboxState>;
  readonly closeRequest: Ask<InboxState>;
  readonly destroyRequest: Ask<InboxState>;
}

/** The server actions of a request's page. */
export interface InboxActions extends ManageActions, VaultActions {
  readonly keepSeed: Ask<{ readonly status: 'done' | 'refused' }>;
  readonly claimReply: Ask<ClaimReplyResult>;
  readonly acknowledgeReply: Ask<{ readonly status: 'done' | 'refused' }>;
}

/** What the page of a request was printed with. */
export interface InboxProps {
  /** Of the member who looks. */
  readonly accountId: string;
  readonly initial: Inbox;
  readonly colleagues: readonly Colleague[];
  /** What the owner allows, in the order of the form. */
  readonly lifetimes: readonly ExpiresIn[];
  readonly hasMail: boolean;
  readonly leaseSeconds: number;
  readonly actions: InboxActions;
}

/** A request that the vault opens. Its keys are had for one piece of work at a time, and not kept. */
export interface ReadableRequest {
  readonly fingerprint: string;
  readonly source: RequestSource;
  /** Null where the vault has locked: the gate asks for the password. @throws BrowserTrouble */
  readonly open: () => Promise<OpenedRequest | null>;
}

type ManagedFields = Readonly<Record<string, string>>;

const loadOpening = () => loadPart(() => import('@/lib/browser/requests/open-reply'));
const loadSeed = () => loadPart(() => import('@/lib/browser/requests/request-seed'));

/** The gate has shut meanwhile, and asks for the password. */
const nothing = () => undefined;

/** The states of a request's page: opening its replies, and managing it. */
export function useInbox(page: InboxProps) {
  const { actions } = page;
  const [inbox, setInbox] = useState(page.initial);
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
          const hold = await holdReply(acknowledge, address, opening, page.leaseSeconds, onGone);
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
      const given = typeof fields === 'function' ? await fields() : fields;
      if (given === null) return nothing;
      const form = formOf({ request: inbox.id, ...given });
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
    ...page,
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
