'use client';

import { LinkQr, MadeLink, useTaken } from '@/components/secret/made-link';
import { KeptPassphrase, onlyHere } from '@/components/secret/passphrase-field';
import { Seal } from '@/components/site/seal';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/surface';
import { CopyButton } from '@/components/ui/copy-button';
import { IrreversibleAct } from '@/components/ui/irreversible-act';
import { Notice } from '@/components/ui/notice';
import type { QuestionWords } from '@/components/ui/question';
import { useHydrated } from '@/components/ui/script-only';
import { WithTime } from '@/components/ui/time-stamp';
import type { SealedLink } from '@/lib/sealed/outcomes';
import type { QrPath } from '@/lib/qr-path';
import { common } from '@/messages/en/common';
import { compose } from '@/messages/en/compose';
import { fill } from '@/messages/fill';

export interface SealedResultProps {
  /** With the whole links, fragments included; one for each recipient, and at least one. */
  readonly links: readonly SealedLink[];
  /** Of a single link that the server drew already; null to draw it here. */
  readonly qr: QrPath | null;
  /** As it was typed in this page; '' if there is none, or if the form posted itself. */
  readonly passphrase: string;
  readonly arrives: boolean;
  readonly onAnother: () => void;
}

const words = compose.result;

/** The link of each recipient, and what the sender must know before sending them. */
export function SealedResult({ links, qr, passphrase, arrives, onAnother }: SealedResultProps) {
  const isHydrated = useHydrated();
  const { isAllTaken, isTaken, take } = useTaken([
    ...links.map(({ link }) => link),
    ...onlyHere(passphrase),
  ]);
  const [first] = links;
  if (first === undefined) throw new Error('What was sealed has at least one link.');
  const isSeveral = links.length > 1;
  // What is said of several stands in the place of what is said of one.
  const said = { ...words, ...(isSeveral && words.several) };
  const isEachTaken = links.every(({ link }) => isTaken(link));

  const kept = passphrase !== '' && (
    <KeptPassphrase passphrase={passphrase} onTaken={() => take(passphrase)} />
  );
  const warning = (
    <Notice tone="warning" heading={words.warningHeading}>
      <p>{said.warning}</p>
    </Notice>
  );
  return (
    <div className="grid gap-7">
      <div className="grid gap-4">
        <Seal state="closed" moves={arrives} className="size-14" />
        <ArrivingHeading arrives={arrives} lead={said.lead}>
          {fill(said.heading, { count: links.length })}
        </ArrivingHeading>
        {!isSeveral && first.recipient !== '' && (
          <p className="wrap-anywhere">{fill(words.for, { recipient: first.recipient })}</p>
        )}
      </div>

      {isSeveral ? (
        <>
          {warning}
          {kept}
          <RecipientLinks links={links} onTaken={take} />
        </>
      ) : (
        <>
          <div className="grid gap-4">
            <MadeLink
              id="secret-link"
              label={words.link}
              link={first.link}
              copy={words.copy}
              variant="primary"
              rows={4}
              isShared
              onTaken={() => take(first.link)}
            />
          </div>
          {kept}
          {warning}
        </>
      )}

      <div className="grid gap-2">
        <p>
          <WithTime sentence={said.expires} at={first.expiresAt} />
        </p>
        {first.hasPassphrase && <p>{said.passphrase}</p>}
        <p className="text-muted">{words.seal[first.seal]}</p>
      </div>

      {!isSeveral && (isHydrated || qr !== null) && <LinkQr link={first.link} qr={qr} />}

      <div className="grid gap-1">
        <p>
          <a
            href={isSeveral ? '/dashboard' : first.statusLink}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex min-h-11 items-center"
          >
            {said.track}
          </a>
        </p>
        <p className="text-sm text-muted">{said.trackHint}</p>
      </div>

      <SendAnother
        isAllTaken={isAllTaken}
        words={
          isEachTaken ? words.leavingPassphrase : isSeveral ? words.leavingSeveral : words.leaving
        }
        onAnother={onAnother}
      />
    </div>
  );
}

interface RecipientLinksProps {
  readonly links: readonly SealedLink[];
  /** The sender has a copy of their own of these links. */
  readonly onTaken: (...links: readonly string[]) => void;
}

/** Several links, told apart by the names of those whom they are for. */
function RecipientLinks({ links, onTaken }: RecipientLinksProps) {
  const isHydrated = useHydrated();
  const all = links.map(({ recipient, link }) => `${recipient}: ${link}`).join('\n');
  return (
    <>
      <ul className="grid gap-4">
        {links.map(({ recipient, link }, index) => {
          const id = `secret-link-${index}`;
          return (
            <li key={recipient}>
              {/* The name may be one long word, and stands on the button too. */}
              <Card as="section" aria-labelledby={`${id}-for`} className="grid gap-3 wrap-anywhere">
                <h2 id={`${id}-for`} className="text-xl">
                  <bdi>{recipient}</bdi>
                </h2>
                <MadeLink
                  id={id}
                  label={words.link}
                  aria-describedby={`${id}-for`}
                  link={link}
                  copy={fill(words.several.copy, { recipient })}
                  onTaken={() => onTaken(link)}
                />
              </Card>
            </li>
          );
        })}
      </ul>

      {isHydrated && (
        <div className="grid gap-2">
          <div className="actions">
            <CopyButton
              text={all}
              words={common.copying}
              onCopied={() => onTaken(...links.map(({ link }) => link))}
            >
              {words.several.copyAll}
            </CopyButton>
          </div>
          <p className="text-sm text-muted">{words.several.copyAllHint}</p>
        </div>
      )}
    </>
  );
}

interface SendAnotherProps {
  readonly isAllTaken: boolean;
  /** What is asked while a link exists in this page alone. */
  readonly words: QuestionWords;
  readonly onAnother: () => void;
}

/** From a link that was made back to the form. */
function SendAnother({ isAllTaken, words, onAnother }: SendAnotherProps) {
  const isHydrated = useHydrated();
  const label = compose.result.another;
  if (isHydrated && !isAllTaken) {
    return (
      <IrreversibleAct
        variant="quiet"
        className="justify-self-start"
        label={label}
        words={words}
        pending={false}
        pendingText={null}
        onConfirm={onAnother}
      />
    );
  }
  // A form, so that the button works without a script too.
  return (
    <form
      action="/"
      method="get"
      onSubmit={(event) => {
        event.preventDefault();
        onAnother();
      }}
    >
      <Button type="submit">{label}</Button>
    </form>
  );
}
