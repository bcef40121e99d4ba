'use client';

import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { KeptPassphrase, onlyHere } from '@/components/secret/kept-passphrase';
import { LinkQr } from '@/components/secret/link-qr';
import { SendAnother } from '@/components/secret/send-another';
import { ShareButton } from '@/components/secret/share-button';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useTaken } from '@/components/secret/use-taken';
import { WithTime } from '@/components/secret/with-time';
import { Seal } from '@/components/site/seal';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { SHOWN_SECRET, TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextArea } from '@/components/ui/text-area';
import type { LinkForRecipient } from '@/lib/messages/outcomes';
import type { QrPath } from '@/lib/qr-path';
import { common } from '@/messages/en/common';
import { compose } from '@/messages/en/compose';
import { fill } from '@/messages/fill';

export interface SealedResultProps {
  /** With the whole link, fragment included. */
  readonly sealed: LinkForRecipient;
  readonly qr: QrPath | null;
  /** As it was typed in this page; '' if there is none, or if the form posted itself. */
  readonly passphrase: string;
  readonly arrives: boolean;
  readonly onAnother: () => void;
}

const LINK_ID = 'secret-link';

/** The link, one obvious way to copy it, and what the sender must know before sending it. */
export function SealedResult({ sealed, qr, passphrase, arrives, onAnother }: SealedResultProps) {
  const words = compose.result;
  const isHydrated = useHydrated();
  const { isAllTaken, isTaken, take } = useTaken([sealed.link, ...onlyHere(passphrase)]);
  const takeLink = () => take(sealed.link);
  return (
    <div className="grid gap-7">
      <div className="grid gap-4">
        <Seal state="closed" moves={arrives} className="size-14" />
        <ArrivingHeading arrives={arrives} lead={words.lead}>
          {words.heading}
        </ArrivingHeading>
        {sealed.recipient !== '' && (
          <p className="wrap-anywhere">{fill(words.for, { recipient: sealed.recipient })}</p>
        )}
      </div>

      <div className="grid gap-4">
        <TextArea
          id={LINK_ID}
          label={words.link}
          mono
          readOnly
          rows={4}
          value={sealed.link}
          className="min-h-0 break-all"
          onFocus={(event) => event.currentTarget.select()}
          onCopy={takeLink}
          {...TYPED_SECRET}
        />
        {/* Text browsers cut what is in a box and know no styles: there it stands once more, whole. */}
        {!isHydrated && (
          <p {...SHOWN_SECRET} className="hidden">
            {sealed.link}
          </p>
        )}
        {isHydrated && (
          <div className="actions">
            <CopyButton
              variant="primary"
              text={sealed.link}
              sourceId={LINK_ID}
              words={common.copying}
              onCopied={takeLink}
            >
              {words.copy}
            </CopyButton>
            <ShareButton link={sealed.link} onShared={takeLink} />
          </div>
        )}
      </div>

      {passphrase !== '' && (
        <KeptPassphrase passphrase={passphrase} onTaken={() => take(passphrase)} />
      )}

      <Notice tone="warning" heading={words.warningHeading}>
        <p>{words.warning}</p>
      </Notice>

      <div className="grid gap-2">
        <p>
          <WithTime sentence={words.expires} at={sealed.expiresAt} />
        </p>
        {sealed.hasPassphrase && <p>{words.passphrase}</p>}
        <p className="text-muted">{words.seal[sealed.seal]}</p>
      </div>

      {(isHydrated || qr !== null) && <LinkQr link={sealed.link} qr={qr} />}

      <div className="grid gap-1">
        <p>
          <a
            href={sealed.statusLink}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex min-h-11 items-center"
          >
            {words.track}
          </a>
        </p>
        <p className="text-sm text-muted">{words.trackHint}</p>
      </div>

      <SendAnother
        isAllTaken={isAllTaken}
        words={isTaken(sealed.link) ? words.leavingPassphrase : words.leaving}
        onAnother={onAnother}
      />
    </div>
  );
}
