import { useEffect, useRef, useState } from 'react';
import type { Gate } from '@/components/account/vault-gate';
import { InboxReaders } from '@/components/request/inbox-readers';
import { InboxReplies } from '@/components/request/inbox-replies';
import { LinkBox } from '@/components/request/link-box';
import { personLabel } from '@/components/request/person-label';
import type { InboxWork, ReadableRequest } from '@/components/request/use-inbox';
import { Notice } from '@/components/ui/notice';
import { formOf } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/browser-trouble';
import type { RequestSource, SealedRequest } from '@/lib/browser/requests/request-seed';
import { formatRequestLink } from '@/lib/protocol/link';
import { troubles } from '@/messages/en/errors';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox;

export interface OpenedInboxProps {
  readonly gate: Gate;
  readonly sealed: SealedRequest;
  readonly work: InboxWork;
}

/** What a reader can do once their vault has opened the seed. Nothing is claimed before that. */
export function OpenedInbox({ gate, sealed, work }: OpenedInboxProps) {
  const request = useOpenedRequest(gate, sealed, work);
  useWhatWasShown(gate, work, typeof request === 'object' ? request : null);
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
        <InboxReplies work={work} request={null} />
      </>
    );
  }
  return (
    <>
      {request.source.kind === 'unproven' && (
        <Notice tone="warning" heading={words.unproven.heading}>
          <p>{words.unproven.text}</p>
        </Notice>
      )}
      <InboxReplies work={work} request={request} />
      {inbox.condition === 'open' && inbox.link !== null && (
        <section aria-labelledby="inbox-link" className="grid gap-4">
          <h2 id="inbox-link" className="text-xl">
            {words.link.heading}
          </h2>
          <p className="text-muted">{linkLead(request.source)}</p>
          <LinkBox
            link={formatRequestLink(inbox.link, request.fingerprint)}
            question={inbox.question}
            expiresAt={inbox.expiresAt}
          />
        </section>
      )}
      <InboxReaders work={work} request={request} />
    </>
  );
}

function linkLead(source: RequestSource): string {
  const { lead, unproven, colleague } = words.link;
  if (source.kind === 'colleague') return fill(colleague, { name: personLabel(source) });
  return source.kind === 'own' ? lead : unproven;
}

/** `altered` and null where the vault can't open it: see `openRequest`. `failed`: it was not looked at. */
type Look = ReadableRequest | 'opening' | 'failed' | 'altered' | null;

const loadSeed = () => loadPart(() => import('@/lib/browser/requests/request-seed'));

/**
 * What the reader's vault makes of a request. What another vault sealed is kept as this one wraps
 * it, quietly: if that fails, the next look does it.
 */
function useOpenedRequest(
  { isOpen, read }: Gate,
  sealed: SealedRequest,
  { colleagues, actions: { keepSeed } }: InboxWork,
): Look {
  const [request, setRequest] = useState<Look>('opening');
  // By what it says: every answer of the server is a new object.
  const told = JSON.stringify(sealed);
  useEffect(() => {
    if (!isOpen) return;
    let isCurrent = true;
    const given = JSON.parse(told) as SealedRequest;
    const look = async () => {
      const [{ openRequest }, vault] = await Promise.all([loadSeed(), read()]);
      return vault === null ? 'opening' : openRequest(given, vault, colleagues);
    };
    const open = async () => {
      const opened = await look();
      return typeof opened === 'string' ? null : opened;
    };
    void look()
      .catch(() => 'failed' as const)
      .then((opened) => {
        if (!isCurrent) return;
        if (opened === null || typeof opened === 'string') {
          setRequest(opened);
          return;
        }
        const { fingerprint, source, seedToKeep } = opened;
        setRequest({ fingerprint, source, open });
        if (seedToKeep === null) return;
        keepSeed(formOf({ request: given.id, sealedSeed: seedToKeep })).catch(() => undefined);
      });
    return () => {
      isCurrent = false;
    };
  }, [told, isOpen, read, colleagues, keepSeed]);
  return request;
}

/** What is on the screen goes with the vault, and comes back with it. */
function useWhatWasShown({ isOpen }: Gate, work: InboxWork, request: ReadableRequest | null): void {
  const { shut, unshut } = work.replies;
  const again = useRef<(() => void) | null>(null);
  useEffect(() => {
    again.current = () => {
      const replyId = unshut();
      if (replyId !== null && request !== null) work.showAgain(replyId, request);
    };
  });
  useEffect(() => {
    if (!isOpen) return;
    again.current?.();
    return shut;
  }, [isOpen, shut]);
}
