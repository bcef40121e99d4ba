'use client';

import { useCallback, useId, useRef, useState } from 'react';
import { Masked } from '@/components/fields/shown-fields';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { LiveRegion } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/script-only';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { ShownValue } from '@/components/ui/shown-value';
import { TextField } from '@/components/ui/field';
import { estimateStrength, type Strength } from '@/lib/browser/estimate-strength';
import { prepareStretching } from '@/lib/browser/stretch-passphrase';
import { generatePassphrase, looksGenerated } from '@/lib/secrets/generated-words';
import { common } from '@/messages/en/common';
import { compose } from '@/messages/en/compose';

export interface PassphraseFieldProps {
  readonly id: string;
  readonly error: string | undefined;
  /** The owner of this site wants every secret to have one. */
  readonly isRequired: boolean;
}

interface Remark {
  readonly text: string;
  /** In full, for six words do not fit into a line on a phone; null if none could be drawn. */
  readonly drawn: string | null;
}

/**
 * The passphrase, in plain sight: its sender must pass it on. How
 * strong it is gets worked out here and goes nowhere.
 */
export function PassphraseField({ id, error, isRequired }: PassphraseFieldProps) {
  const words = compose.passphrase;
  const isHydrated = useHydrated();
  const input = useRef<HTMLInputElement | null>(null);
  const [strength, setStrength] = useState<Strength | null>(null);
  const [remark, setRemark] = useState<Remark | null>(null);

  const attach = useCallback((element: HTMLInputElement | null) => {
    input.current = element;
    // What was typed before the script took over counts too.
    if (element !== null) setStrength(estimateStrength(element.value));
  }, []);

  async function generate() {
    const element = input.current;
    if (element === null) return;
    try {
      const drawn = await generatePassphrase();
      element.value = drawn;
      setStrength(estimateStrength(drawn));
      setRemark({ text: words.generated, drawn });
    } catch {
      setRemark({ text: words.failed, drawn: null });
    }
  }

  return (
    <div>
      <TextField
        id={id}
        name="passphrase"
        label={words.label}
        hint={isRequired ? words.requiredHint : words.hint}
        error={error}
        required={isRequired}
        mono
        ref={attach}
        {...TYPED_SECRET}
        onFocus={prepareStretching}
        onInput={(event) => {
          setStrength(estimateStrength(event.currentTarget.value));
          setRemark(null);
        }}
        beside={
          isHydrated ? (
            <Button onClick={() => void generate()}>{words.generate}</Button>
          ) : (
            // Keeps the place of a button that could do nothing without a script.
            <span className="hidden h-11 w-28 in-data-scripted:block" />
          )
        }
      />
      <LiveRegion className="mt-2 text-sm text-muted">
        {remark !== null && <p>{remark.text}</p>}
        {remark?.drawn && (
          <ShownValue as="p" className="my-1 font-mono text-ink">
            {remark.drawn}
          </ShownValue>
        )}
        {strength !== null && <p>{words.strength[strength]}</p>}
      </LiveRegion>
      {strength !== null && (
        <CopyButton
          className="mt-2"
          text={() => input.current?.value ?? ''}
          sourceId={id}
          words={common.copying}
        >
          {words.copy}
        </CopyButton>
      )}
    </div>
  );
}

interface KeptPassphraseProps {
  readonly passphrase: string;
  /** Its sender has copied it, or looked at it. */
  readonly onTaken: () => void;
}

/** The passphrase beside its link, for as long as this page stands: the server can't look it up. */
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
          <Masked label={words.hidden} />
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

/** A passphrase that was drawn here is on no other page and in no one's head. */
export function onlyHere(passphrase: string): readonly string[] {
  return looksGenerated(passphrase) ? [passphrase] : [];
}
