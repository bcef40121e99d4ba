'use client';

import { useEffect, useRef, useState } from 'react';
import { useLeaveGuard } from '@/components/form/use-work';
import { QrCode } from '@/components/ui/qr-code';
import { Button, type ButtonProps } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Disclosure } from '@/components/ui/surface';
import { LiveRegion } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/script-only';
import { SHOWN_SECRET, TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextArea } from '@/components/ui/field';
import { loadPart } from '@/lib/browser/browser-trouble';
import type { QrPath } from '@/lib/qr-path';
import { common } from '@/messages/en/common';
import { compose } from '@/messages/en/compose';

export interface MadeLinkProps {
  readonly id: string;
  readonly label: string;
  /** With its fragment. */
  readonly link: string;
  /** What the button that copies it says. */
  readonly copy: string;
  readonly variant?: ButtonProps['variant'];
  readonly hint?: string;
  readonly rows?: number;
  readonly 'aria-describedby'?: string;
  /** Whether it is offered to other apps, where the device can. */
  readonly isShared?: boolean;
  /** Its person has a copy of their own. */
  readonly onTaken?: (() => void) | undefined;
}

/** A link that was made, whole and ready to copy. */
export function MadeLink(props: MadeLinkProps) {
  const { link, copy, variant, rows = 3, isShared = false, onTaken, ...field } = props;
  const isHydrated = useHydrated();
  return (
    <>
      <TextArea
        {...field}
        mono
        readOnly
        rows={rows}
        value={link}
        className="min-h-0 break-all"
        onFocus={(event) => event.currentTarget.select()}
        onCopy={onTaken}
        {...TYPED_SECRET}
      />
      {/* Text browsers cut what is in a box and know no styles: there it stands once more, whole. */}
      {!isHydrated && (
        <p {...SHOWN_SECRET} className="hidden">
          {link}
        </p>
      )}
      {isHydrated && (
        <div className="actions">
          <CopyButton
            variant={variant}
            text={link}
            sourceId={field.id}
            words={common.copying}
            onCopied={onTaken}
          >
            {copy}
          </CopyButton>
          {isShared && <ShareButton link={link} onShared={onTaken} />}
        </div>
      )}
    </>
  );
}

export interface NewLinkProps extends MadeLinkProps {
  /** What became of it, and what to do with it. */
  readonly lead: string;
  /** Not on its way by mail as well: then the page asks before it is left without a copy. */
  readonly isOnlyHere: boolean;
}

/** A link that came into a page under its reader. It takes the focus: it is shown only now. */
export function NewLink({ lead, isOnlyHere, ...made }: NewLinkProps) {
  const { link } = made;
  const { take } = useTaken(isOnlyHere ? [link] : []);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, [link]);
  return (
    <div ref={place} tabIndex={-1} className="grid gap-4">
      <p role="status">{lead}</p>
      <MadeLink {...made} onTaken={() => take(link)} />
    </div>
  );
}

interface Taken {
  /** Whether its person has a copy of each. */
  readonly isAllTaken: boolean;
  readonly isTaken: (item: string) => boolean;
  readonly take: (...items: readonly string[]) => void;
}

/** What exists in this page alone: it asks before it is left until all were copied or shared. */
export function useTaken(items: readonly string[]): Taken {
  const [taken, setTaken] = useState<readonly string[]>([]);
  const isTaken = (item: string) => taken.includes(item);
  const isAllTaken = items.every(isTaken);
  useLeaveGuard(() => !isAllTaken);
  return { isAllTaken, isTaken, take: (...more) => setTaken((before) => [...before, ...more]) };
}

interface ShareButtonProps {
  readonly link: string;
  /** Another app has it. */
  readonly onShared?: (() => void) | undefined;
}

/** Hands the link to another app, where the device offers it; nothing where it does not. */
function ShareButton({ link, onShared }: ShareButtonProps) {
  const [hasFailed, setFailed] = useState(false);
  if (!('share' in navigator)) return null;

  async function share() {
    setFailed(false);
    try {
      await navigator.share({ url: link });
      onShared?.();
    } catch (error) {
      // Closing the device's own dialogue is not a failure.
      setFailed(!(error instanceof DOMException && error.name === 'AbortError'));
    }
  }

  return (
    <>
      <Button onClick={() => void share()}>{compose.result.share}</Button>
      <LiveRegion>{hasFailed && compose.result.shareFailed}</LiveRegion>
    </>
  );
}

export interface LinkQrProps {
  readonly link: string;
  /** Already drawn by the server; null to draw it here when it is first looked at. */
  readonly qr: QrPath | null;
  readonly words?: Readonly<Record<'qr' | 'qrLabel' | 'qrFailed', string>> | undefined;
}

/** The QR code of a link, folded away. Dark on white in every theme: cameras expect it so. */
export function LinkQr({ link, qr, words = compose.result }: LinkQrProps) {
  const [drawn, setDrawn] = useState(qr);
  const [hasFailed, setFailed] = useState(false);

  async function draw() {
    if (drawn !== null) return;
    try {
      const { qrPath } = await loadPart(() => import('@/lib/qr-path'));
      setDrawn(qrPath(link));
    } catch {
      setFailed(true);
    }
  }

  return (
    <Disclosure summary={words.qr} onToggle={() => void draw()}>
      {drawn !== null && <QrCode qr={drawn} label={words.qrLabel} />}
      {hasFailed && <p role="status">{words.qrFailed}</p>}
    </Disclosure>
  );
}
