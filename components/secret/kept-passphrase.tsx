'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ShownValue } from '@/components/ui/shown-value';
import { looksGenerated } from '@/lib/secrets/generated-words';
import { common } from '@/messages/en/common';
import { compose } from '@/messages/en/compose';

/** Always as many: how long a passphrase is belongs to it. */
const MASK = '••••••••••';

export interface KeptPassphraseProps {
  readonly passphrase: string;
  /** Its sender has copied it, or looked at it. */
  readonly onTaken: () => void;
}

/** The passphrase beside its link, for as long as this page stands: nobody else has it to look up. */
export function KeptPassphrase({ passphrase, onTaken }: KeptPassphraseProps) {
  const words = compose.result.keptPassphrase;
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <section aria-labelledby={`${id}-label`} className="grid gap-2">
      <h2 id={`${id}-label`} className="font-sans text-base font-semibold">
        {words.label}
      </h2>
      {isShown ? (
        <ShownValue as="p" id={id} className="font-mono whitespace-pre-wrap wrap-anywhere">
          {passphrase}
        </ShownValue>
      ) : (
        <p className="font-mono">
          <span aria-hidden="true">{MASK}</span>
          <span className="visually-hidden">{words.hidden}</span>
        </p>
      )}
      <div className="actions">
        <CopyButton
          text={passphrase}
          sourceId={isShown ? id : undefined}
          words={common.copying}
          onCopied={onTaken}
        >
          {words.copy}
        </CopyButton>
        <Button
          aria-label={isShown ? words.hideLong : words.showLong}
          onClick={() => {
            setShown(!isShown);
            onTaken();
          }}
        >
          {isShown ? words.hide : words.show}
        </Button>
      </div>
      <p className="text-sm text-muted">{words.hint}</p>
    </section>
  );
}

/** A passphrase that was drawn here is on no other page and in nobody's head. */
export function onlyHere(passphrase: string): readonly string[] {
  return looksGenerated(passphrase) ? [passphrase] : [];
}
