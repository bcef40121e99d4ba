'use client';

import { useEffect, useRef } from 'react';
import { NeedsScript } from '@/components/account/needs-script';
import { VaultGate } from '@/components/account/vault-gate';
import { AwaitedScript } from '@/components/form/late-words';
import { InboxFacts } from '@/components/request/inbox-facts';
import { InboxNotice } from '@/components/request/inbox-notice';
import { InboxReplies } from '@/components/request/inbox-replies';
import { ManageRequest } from '@/components/request/manage-request';
import { OpenedInbox } from '@/components/request/opened-inbox';
import type { InboxActions } from '@/components/request/request-actions';
import { useInbox } from '@/components/request/use-inbox';
import { UnknownMessage } from '@/components/secret/unknown-message';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Notice } from '@/components/ui/notice';
import { PageHeading } from '@/components/ui/page-heading';
import type { ExpiresIn } from '@/lib/messages/policy';
import type { Colleague, Inbox } from '@/lib/requests/outcomes';
import { refusals, troubles } from '@/messages/en/errors';
import { form } from '@/messages/en/form';
import { requests } from '@/messages/en/requests';

const words = requests.inbox;

export interface RequestInboxProps {
  readonly accountId: string;
  readonly initial: Inbox;
  readonly colleagues: readonly Colleague[];
  /** What the owner allows. */
  readonly lifetimes: readonly ExpiresIn[];
  readonly hasMail: boolean;
  readonly leaseSeconds: number;
  readonly actions: InboxActions;
}

/** One that has expired can be extended, and a full one gets a place back with a reply that is taken back. */
const mayStillArrive = ({ condition }: Inbox) =>
  condition === 'open' || condition === 'expired' || condition === 'full';

/** A request as its people see it: what was asked, the replies, and what its creator can change. */
export function RequestInbox(props: RequestInboxProps) {
  const { accountId, initial, colleagues, lifetimes, hasMail, actions } = props;
  const work = useInbox(initial, actions, props.leaseSeconds);
  const isHydrated = useHydrated();
  const { inbox, isGone, refusal, trouble } = work;
  const problem = trouble === null ? refusal && refusals[refusal] : troubles[trouble];

  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was pressed may be far below it.
    if (problem !== null) alert.current?.focus();
  }, [problem]);

  const heading = useRef<HTMLHeadingElement>(null);
  const hasEndedHere = inbox.condition === 'ended' && initial.condition !== 'ended';
  const isReaderNoMore = inbox.sealedSeed === null && initial.sealedSeed !== null;
  useEffect(() => {
    // What was pressed is gone, and all around it.
    if (hasEndedHere || isReaderNoMore) heading.current?.focus();
  }, [hasEndedHere, isReaderNoMore]);

  if (isGone) {
    return (
      <UnknownMessage words={words.unknown} arrives>
        <p>
          <a href="/dashboard">{words.unknown.next}</a>
        </p>
      </UnknownMessage>
    );
  }
  const { id, question, fields, publicKey, sealedSeed } = inbox;
  return (
    <div className="grid gap-9">
      <PageHeading ref={heading} above={words.title}>
        <bdi className="block whitespace-pre-wrap wrap-anywhere">{inbox.question}</bdi>
      </PageHeading>
      <InboxFacts inbox={inbox} />
      <div ref={alert} role="alert" tabIndex={-1} className="empty:hidden">
        {problem !== null && (
          <Notice tone="danger">
            <p>{problem}</p>
          </Notice>
        )}
      </div>
      {publicKey !== null && sealedSeed !== null ? (
        <VaultGate accountId={accountId} actions={actions}>
          {(gate) => (
            <OpenedInbox
              accountId={accountId}
              gate={gate}
              sealed={{ id, question, fields, publicKey, sealedSeed }}
              keepSeed={actions.keepSeed}
              colleagues={colleagues}
              hasMail={hasMail}
              work={work}
            />
          )}
        </VaultGate>
      ) : (
        <>
          {inbox.condition !== 'ended' && <Notice>{words.noAccess}</Notice>}
          {!isHydrated && <AwaitedScript otherwise={<NeedsScript />}>{form.late}</AwaitedScript>}
          <InboxReplies accountId={accountId} work={work} request={null} />
        </>
      )}
      {mayStillArrive(inbox) && <InboxNotice accountId={accountId} hasMail={hasMail} work={work} />}
      {inbox.isManager && inbox.condition !== 'ended' && (
        <ManageRequest work={work} lifetimes={lifetimes} />
      )}
    </div>
  );
}
