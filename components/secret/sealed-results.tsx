'use client';

import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { KeptPassphrase, onlyHere } from '@/components/secret/kept-passphrase';
import { SendAnother } from '@/components/secret/send-another';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useTaken } from '@/components/secret/use-taken';
import { WithTime } from '@/components/secret/with-time';
import { Seal } from '@/components/site/seal';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { SHOWN_SECRET, TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextArea } from '@/components/ui/text-area';
import type { LinkForRecipient } from '@/lib/messages/outcomes';
import { common } from '@/messages/en/common';
import { compose } from '@/messages/en/compose';
import { fill } from '@/messages/fill';

export interface SealedResultsProps {
  /** With the whole links, fragments included; at least one. */
  readonly links: readonly LinkForRecipient[];
  /** As it was typed in this page; '' if there is none, or if the form posted itself. */
  readonly passphrase: string;
  readonly arrives: boolean;
  readonly onAnother: () => void;
}

/** A link for each recipient, told apart by name, and what the sender must know of all of them. */
export function SealedResults({ links, passphrase, arrives, onAnother }: SealedResultsProps) {
  const words = compose.result;
  const isHydrated = useHydrated();
  const { isAllTaken, isTaken, take } = useTaken([
    ...links.map(({ link }) => link),
    ...onlyHere(passphrase),
  ]);
  const [first] = links;
  if (first === undefined) return null;
  const all = links.map(({ recipient, link }) => `${recipient}: ${link}`).join('\n');
  return (
    <div className="grid gap-7">
      <div className="grid gap-4">
        <Seal state="closed" moves={arrives} className="size-14" />
        <ArrivingHeading arrives={arrives} lead={words.several.lead}>
          {fill(words.several.heading, { count: links.length })}
        </ArrivingHeading>
      </div>

      <Notice tone="warning" heading={words.warningHeading}>
        <p>{words.several.warning}</p>
      </Notice>

      {passphrase !== '' && (
        <KeptPassphrase passphrase={passphrase} onTaken={() => take(passphrase)} />
      )}

      <ul className="grid gap-4">
        {links.map((link, index) => (
          <li key={link.recipient}>
            <RecipientLink
              {...link}
              id={`secret-link-${String(index)}`}
              onTaken={() => take(link.link)}
            />
          </li>
        ))}
      </ul>

      {isHydrated && (
        <div className="grid gap-2">
          <div className="actions">
            <CopyButton
              text={all}
              words={common.copying}
              onCopied={() => take(...links.map(({ link }) => link))}
            >
              {words.several.copyAll}
            </CopyButton>
          </div>
          <p className="text-sm text-muted">{words.several.copyAllHint}</p>
        </div>
      )}

      <div className="grid gap-2">
        <p>
          <WithTime sentence={words.several.expires} at={first.expiresAt} />
        </p>
        {first.hasPassphrase && <p>{words.several.passphrase}</p>}
        <p className="text-muted">{words.seal[first.seal]}</p>
      </div>

      <div className="grid gap-1">
        <p>
          <a
            href="/dashboard"
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex min-h-11 items-center"
          >
            {words.several.track}
          </a>
        </p>
        <p className="text-sm text-muted">{words.several.trackHint}</p>
      </div>

      <SendAnother
        isAllTaken={isAllTaken}
        words={
          links.every(({ link }) => isTaken(link)) ? words.leavingPassphrase : words.leavingSeveral
        }
        onAnother={onAnother}
      />
    </div>
  );
}

interface RecipientLinkProps extends LinkForRecipient {
  readonly id: string;
  /** The sender has a copy of their own. */
  readonly onTaken: () => void;
}

function RecipientLink({ recipient, link, id, onTaken }: RecipientLinkProps) {
  const words = compose.result;
  const isHydrated = useHydrated();
  return (
    <Card as="section" aria-labelledby={`${id}-for`} className="grid gap-3">
      <h2 id={`${id}-for`} className="text-xl wrap-anywhere">
        <bdi>{recipient}</bdi>
      </h2>
      <TextArea
        id={id}
        label={words.link}
        aria-describedby={`${id}-for`}
        mono
        readOnly
        rows={3}
        value={link}
        className="min-h-0 break-all"
        onFocus={(event) => event.currentTarget.select()}
        onCopy={onTaken}
        {...TYPED_SECRET}
      />
      {/* As in a single result: text browsers cut what is in a box. */}
      {!isHydrated && (
        <p {...SHOWN_SECRET} className="hidden">
          {link}
        </p>
      )}
      {isHydrated && (
        <div>
          <CopyButton text={link} sourceId={id} words={common.copying} onCopied={onTaken}>
            {fill(words.several.copy, { recipient })}
          </CopyButton>
        </div>
      )}
    </Card>
  );
}
