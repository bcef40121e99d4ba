import { InboxReaders } from '@/components/request/inbox-readers';
import { personLabel } from '@/components/request/person-label';
import { InboxReplies } from '@/components/request/inbox-replies';
import { LinkBox } from '@/components/request/link-box';
import type { InboxActions } from '@/components/request/request-actions';
import type { InboxWork } from '@/components/request/use-inbox';
import { useOpenedRequest } from '@/components/request/use-opened-request';
import { Notice } from '@/components/ui/notice';
import type { RequestSource, SealedRequest } from '@/lib/browser/requests/request-seed';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import type { Colleague } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.inbox;

export interface OpenedInboxProps {
  readonly accountId: string;
  readonly vault: OpenVault;
  readonly sealed: SealedRequest;
  readonly keepSeed: InboxActions['keepSeed'];
  readonly colleagues: readonly Colleague[];
  readonly hasMail: boolean;
  readonly work: InboxWork;
}

/** What a reader can do once their vault has opened the seed. Nothing is claimed before that. */
export function OpenedInbox(props: OpenedInboxProps) {
  const { accountId, vault, sealed, keepSeed, colleagues, hasMail, work } = props;
  const request = useOpenedRequest(sealed, vault, { colleagues, keepSeed });
  const { inbox } = work;
  if (request === 'opening') return null;
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

function linkLead(source: RequestSource): string {
  const { lead, unproven, colleague } = words.link;
  if (source.kind === 'colleague') return fill(colleague, { name: personLabel(source) });
  return source.kind === 'own' ? lead : unproven;
}
