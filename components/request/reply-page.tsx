'use client';

import { useActionState } from 'react';
import type { ReplyActions } from '@/components/request/reply-actions';
import { ReplyCalm } from '@/components/request/reply-calm';
import { ReplyHere } from '@/components/request/reply-here';
import { ReplyOnServer } from '@/components/request/reply-on-server';
import { ReplySent } from '@/components/request/reply-sent';
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
 * The page behind a request's link. The form that posts itself is there for a
 * browser that runs no script; any other seals here, once it has checked the key.
 */
export function ReplyPage({ linkToken, nonce, look, actions }: ReplyPageProps) {
  const [posted, formAction] = useActionState(actions.replyOnServer, IDLE);
  if (posted.status === 'sent') return <ReplySent sent={posted} arrives={false} />;
  if (look.status !== 'open') return <ReplyCalm look={look} posted={posted} />;
  const posting = (
    <ReplyOnServer
      linkToken={linkToken}
      nonce={nonce}
      fields={look.asked.fields}
      posted={posted}
      formAction={formAction}
    />
  );
  return (
    <ReplyHere linkToken={linkToken} asked={look.asked} actions={actions} otherwise={posting} />
  );
}
