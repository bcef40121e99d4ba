import { useEffect, useRef } from 'react';
import type { Gate } from '@/components/account/vault-gate';
import { InboxReaders } from '@/components/request/inbox-readers';
import { personLabel } from '@/components/request/person-label';
import { InboxReplies } from '@/components/request/inbox-replies';
import { LinkBox } from '@/components/request/link-box';
import type { InboxActions } from '@/components/request/request-actions';
import type { InboxWork } from '@/components/request/use-inbox';
import { useOpenedRequest } from '@/components/request/use-opened-request';
import { Notice } from '@/components/ui/notice';
import type { RequestSource, SealedRequest } from '@/lib/browser/requests/request-seed';
import type { Colleague } from '@/lib/requests/outcomes';
import { troubles } from '@/messages/en/errors';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox;

export interface OpenedInboxProps {
  readonly accountId: string;
  readonly gate: Gate;
  readonly sealed: SealedRequest;
  readonly keepSeed: InboxActions['keepSeed'];
  readonly colleagues: readonly Colleague[];
  readonly hasMail: boolean;
  readonly work: InboxWork;
}

/** What a reader can do once their vault has opened the seed. Nothing is claimed before that. */
export function OpenedInbox(props: OpenedInboxProps) {
  const { accountId, gate, sealed, keepSeed, colleagues, hasMail, work } = props;
  const request = useOpenedRequest(sealed, gate, { colleagues, keepSeed });
  useWhatWasShown(gate, work, request);
  const { inbox } = work;
  if (request === 'opening') return null;
  if (request === 'failed') {
    return (
      <Notice tone="danger" role="alert">
        <p>{troubles.no_answer}</p>
      </Notice>
    );
  }
  if (request === null || request === 'altered') {
    return (
      <>
        {request === 'altered' ? (
          <Notice tone="danger" role="alert" heading={words.altered.heading}>
            <p>{words.altered.text}</p>
          </Notice>
        ) : (
          <Notice tone="warning" heading={words.otherVault.heading}>
            <p>
              {fill(words.otherVault.text, { name: inbox.createdBy ?? words.otherVault.somebody })}
            </p>
          </Notice>
        )}
        <InboxReplies accountId={accountId} work={work} request={null} />
      </>
    );
  }
  const link = inbox.link === null ? null : `${inbox.link}#${request.fingerprint}`;
  return (
    <>
      {request.source.kind === 'unproven' && (
        <Notice tone="warning" heading={words.unproven.heading}>
          <p>{words.unproven.text}</p>
        </Notice>
      )}
      <InboxReplies accountId={accountId} work={work} request={request} />
      {inbox.condition === 'open' && link !== null && (
        <section aria-labelledby="inbox-link" className="grid gap-4">
          <h2 id="inbox-link" className="text-xl">
            {words.link.heading}
          </h2>
          <p className="text-muted">{linkLead(request.source)}</p>
          <LinkBox link={link} question={inbox.question} expiresAt={inbox.expiresAt} />
        </section>
      )}
      <InboxReaders
        accountId={accountId}
        colleagues={colleagues}
        hasMail={hasMail}
        work={work}
        request={request}
      />
    </>
  );
}

/** What is on the screen goes with the vault, and comes back with it. */
function useWhatWasShown(
  { isOpen }: Gate,
  work: InboxWork,
  request: ReturnType<typeof useOpenedRequest>,
): void {
  const { shut, unshut } = work.replies;
  const readable = typeof request === 'object' ? request : null;
  const again = useRef<(() => void) | null>(null);
  useEffect(() => {
    again.current = () => {
      const replyId = unshut();
      if (replyId !== null && readable !== null) work.showAgain(replyId, readable);
    };
  });
  useEffect(() => {
    if (!isOpen) return;
    again.current?.();
    return shut;
  }, [isOpen, shut]);
}

function linkLead(source: RequestSource): string {
  const { lead, unproven, colleague } = words.link;
  if (source.kind === 'colleague') return fill(colleague, { name: personLabel(source) });
  return source.kind === 'own' ? lead : unproven;
}
