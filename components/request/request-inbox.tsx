'use client';

import { useEffect, useRef } from 'react';
import { NeedsScript } from '@/components/account/account-form';
import { VaultGate } from '@/components/account/vault-gate';
import { AwaitedScript, useHydrated } from '@/components/ui/script-only';
import { InboxNotice } from '@/components/request/inbox-readers';
import { InboxReplies } from '@/components/request/inbox-replies';
import { ManageRequest } from '@/components/request/manage-request';
import { OpenedInbox } from '@/components/request/opened-inbox';
import { useInbox, type InboxProps } from '@/components/request/use-inbox';
import { UnknownMessage } from '@/components/secret/calm-message';
import { Fact, Facts, PageHeading } from '@/components/ui/surface';
import { Notice } from '@/components/ui/notice';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { Inbox } from '@/lib/requests/outcomes';
import { refusals, troubles } from '@/messages/en/errors';
import { form } from '@/messages/en/form';
import { requests } from '@/messages/en/requests';
import { fill, isolated } from '@/messages/fill';

const words = requests.inbox;

/** An expired request can be extended, and a full one gets a place back with a reply that is taken back. */
const mayStillArrive = ({ condition }: Inbox) =>
  condition === 'open' || condition === 'expired' || condition === 'full';

/** A request as its people see it: what was asked, the replies, and what its creator can change. */
export function RequestInbox(page: InboxProps) {
  const { initial } = page;
  const work = useInbox(page);
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
        <bdi className="block whitespace-pre-wrap wrap-anywhere">{question}</bdi>
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
        <VaultGate accountId={page.accountId} actions={page.actions}>
          {(gate) => (
            <OpenedInbox
              gate={gate}
              sealed={{ id, question, fields, publicKey, sealedSeed }}
              work={work}
            />
          )}
        </VaultGate>
      ) : (
        <>
          {inbox.condition !== 'ended' && <Notice>{words.noAccess}</Notice>}
          {!isHydrated && <AwaitedScript otherwise={<NeedsScript />}>{form.late}</AwaitedScript>}
          <InboxReplies work={work} request={null} />
        </>
      )}
      {mayStillArrive(inbox) && <InboxNotice work={work} />}
      {inbox.isManager && inbox.condition !== 'ended' && <ManageRequest work={work} />}
    </div>
  );
}

function InboxFacts({ inbox }: { readonly inbox: Inbox }) {
  const { facts } = words;
  const isOver = inbox.condition === 'ended';
  return (
    <Facts>
      <Fact name={facts.state}>{words.conditions[inbox.condition]}</Fact>
      <Fact name={facts.replies}>
        {fill(facts.count, { received: inbox.placesTaken, allowed: inbox.repliesAllowed })}
      </Fact>
      <Fact name={facts.fields}>
        {inbox.fields.length === 0
          ? facts.free
          : inbox.fields.map(({ label }) => isolated(label)).join(', ')}
      </Fact>
      <Fact name={facts.askedBy}>{inbox.createdBy ?? facts.nobody}</Fact>
      <Fact name={facts.created}>
        <TimeStamp at={inbox.createdAt} />
      </Fact>
      {!isOver && (
        <>
          {inbox.condition !== 'closed' && (
            <Fact name={facts.expires}>
              <TimeStamp at={inbox.expiresAt} />
            </Fact>
          )}
          <Fact name={facts.keepUntil}>
            <TimeStamp at={inbox.keepUntil} />
          </Fact>
        </>
      )}
    </Facts>
  );
}
