'use client';

import { useActionState } from 'react';
import type { ReplyActions } from '@/components/request/reply-actions';
import { ReplyCalm } from '@/components/request/reply-calm';
import { ReplyHere } from '@/components/request/reply-here';
import { ReplyOnServer } from '@/components/request/reply-on-server';
import { ReplySent } from '@/components/request/reply-sent';
import { useHydrated } from '@/components/secret/use-hydrated';
import type { ReplyFormState, RequestPageState } from '@/lib/requests/outcomes';

export interface ReplyPageProps {
  readonly linkToken: string;
  /** Made with the page: a form that arrives twice makes one reply. */
  readonly nonce: string;
  readonly look: RequestPageState;
  readonly actions: ReplyActions;
}

const IDLE: ReplyFormState = { status: 'idle' };

/**
 * The page behind a request's link. What a browser shows that runs no script
 * stands in `<noscript>`: a browser that runs one never offers a box before
 * it has checked the key, and has no form that posts what is typed.
 */
export function ReplyPage({ linkToken, nonce, look, actions }: ReplyPageProps) {
  const [posted, formAction] = useActionState(actions.replyOnServer, IDLE);
  const isHydrated = useHydrated();
  if (posted.status === 'sent') return <ReplySent sent={posted} arrives={false} />;
  if (look.status !== 'open') return <ReplyCalm look={look} posted={posted} />;
  if (isHydrated) {
    return <ReplyHere linkToken={linkToken} asked={look.asked} actions={actions} />;
  }
  return (
    <noscript>
      <ReplyOnServer
        linkToken={linkToken}
        nonce={nonce}
        asked={look.asked}
        posted={posted}
        formAction={formAction}
      />
    </noscript>
  );
}
