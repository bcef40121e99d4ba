'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import { useHydrated } from '@/components/ui/script-only';
import { ShownValue } from '@/components/ui/shown-value';
import type { SecretField } from '@/lib/protocol/envelope';
import { distinctLabels, webAddress } from '@/lib/secrets/field-rules';
import { common } from '@/messages/en/common';
import { fields as fieldWords } from '@/messages/en/fields';
import { fill } from '@/messages/fill';

const words = fieldWords.shown;

/**
 * An opened secret, field by field. Labels and values are text and nothing
 * but text: their sender may have written anything.
 */
export function ShownFields({ fields }: { readonly fields: readonly SecretField[] }) {
  const newTabId = useId();
  const labels = distinctLabels(fields.map(({ label }) => label));
  return (
    <>
      <dl>
        {fields.map((field, index) => (
          <ShownField
            key={index}
            field={{ ...field, label: labels[index] ?? field.label }}
            newTabId={newTabId}
          />
        ))}
      </dl>
      <p id={newTabId} hidden>
        {words.newTab}
      </p>
    </>
  );
}

interface ShownFieldProps {
  readonly field: SecretField;
  /** The id of the element that says where links open. */
  readonly newTabId: string;
}

/** Always as many: how long a password is, is part of the secret. */
const MASK = '••••••••••';

/** Characters from which a value may need to be scrolled, so that a keyboard must reach it. */
const LONG_VALUE = 400;

/** One field: its label, its value, and a copy button. A password only once it is asked for. */
function ShownField({ field: { kind, label, value }, newTabId }: ShownFieldProps) {
  const valueId = useId();
  const isHydrated = useHydrated();
  const [isShown, setShown] = useState(false);
  // Without a script nothing could show it again.
  const isMasked = kind === 'password' && isHydrated && !isShown;
  const Box = isMasked ? 'div' : ShownValue;
  const isLong = !isMasked && (kind === 'multiline' || value.length > LONG_VALUE);

  return (
    <div className="shown-field">
      <dt className="shown-field-label">
        <bdi>{label}</bdi>
      </dt>
      <dd className="shown-field-row">
        {value === '' ? (
          <span className="text-muted">{words.empty}</span>
        ) : (
          <>
            <Box
              id={valueId}
              tabIndex={isLong ? 0 : undefined}
              role={isLong ? 'group' : undefined}
              aria-label={isLong ? label : undefined}
              className={classNames(
                'shown-field-value',
                kind !== 'multiline' && 'shown-field-line',
                (kind === 'text' || kind === 'password') && 'shown-field-whole',
                isLong && 'shown-field-lines',
              )}
            >
              {isMasked ? (
                <Masked label={words.hidden} />
              ) : (
                <Value kind={kind} value={value} newTabId={newTabId} />
              )}
            </Box>
            {isHydrated && (
              <div className="shown-field-actions">
                {kind === 'password' && (
                  <Button
                    aria-label={fill(isShown ? words.hideLong : words.showLong, { label })}
                    onClick={() => setShown(!isShown)}
                  >
                    {isShown ? words.hide : words.show}
                  </Button>
                )}
                <CopyButton
                  aria-label={fill(words.copyLong, { label })}
                  text={value}
                  sourceId={isMasked ? undefined : valueId}
                  words={common.copying}
                >
                  {words.copy}
                </CopyButton>
              </div>
            )}
          </>
        )}
      </dd>
    </div>
  );
}

/** In place of what is masked. @param label says so where the mask is not seen */
export function Masked({ label }: { readonly label: string }) {
  return (
    <>
      <span aria-hidden="true">{MASK}</span>
      <span className="visually-hidden">{label}</span>
    </>
  );
}

interface ValueProps {
  readonly kind: SecretField['kind'];
  readonly value: string;
  readonly newTabId: string;
}

/** The value, letter by letter. A link only if it leads to the web. */
function Value({ kind, value, newTabId }: ValueProps) {
  const address = kind === 'url' ? webAddress(value) : null;
  if (address === null) return value;
  return (
    <a href={address} target="_blank" rel="noreferrer noopener" aria-describedby={newTabId}>
      {value}
    </a>
  );
}
