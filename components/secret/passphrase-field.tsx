'use client';

import { useCallback, useRef, useState } from 'react';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { LiveRegion } from '@/components/ui/live-region';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { ShownValue } from '@/components/ui/shown-value';
import { TextField } from '@/components/ui/text-field';
import { estimateStrength, type Strength } from '@/lib/browser/estimate-strength';
import { generatePassphrase } from '@/lib/secrets/generated-words';
import { prepareStretching } from '@/lib/browser/stretch-passphrase';
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
