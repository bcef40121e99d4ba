'use client';

import { useEffect, useRef } from 'react';
import { useTaken } from '@/components/secret/use-taken';
import { CopyButton } from '@/components/ui/copy-button';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextArea } from '@/components/ui/text-area';
import { common } from '@/messages/en/common';
import { settings } from '@/messages/en/settings';

export interface MadeLinkProps {
  readonly id: string;
  readonly label: string;
  /** What became of it, and what to do with it. */
  readonly lead: string;
  readonly link: string;
  /** Not on its way by mail as well: then the page asks before it is left without a copy. */
  readonly isOnlyHere: boolean;
}

/** A link that was just made, ready to copy. It takes the focus: it is shown only now. */
export function MadeLink({ id, label, lead, link, isOnlyHere }: MadeLinkProps) {
  const { take } = useTaken(isOnlyHere ? [link] : []);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, [link]);
  return (
    <div ref={place} tabIndex={-1} className="grid gap-4">
      <p role="status">{lead}</p>
      <TextArea
        id={id}
        label={label}
        hint={settings.link.once}
        mono
        readOnly
        rows={3}
        value={link}
        className="min-h-0 break-all"
        onFocus={(event) => event.currentTarget.select()}
        onCopy={() => take(link)}
        {...TYPED_SECRET}
      />
      <div className="actions">
        <CopyButton text={link} sourceId={id} words={common.copying} onCopied={() => take(link)}>
          {settings.link.copy}
        </CopyButton>
      </div>
    </div>
  );
}
