'use client';

import { useCallback, useState } from 'react';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextArea } from '@/components/ui/text-area';
import { countBytes } from '@/lib/browser/check-compose';
import { formatBytes } from '@/lib/browser/format-bytes';
import type { RefusalCode } from '@/lib/refusal-code';
import { MAX_SECRET_BYTES } from '@/lib/protocol/constants';
import { compose } from '@/messages/en/compose';
import { refusals } from '@/messages/en/errors';
import { fill } from '@/messages/fill';

/** From here on the size is of interest; below it nobody need think about it. */
const SIZE_MATTERS_FROM = MAX_SECRET_BYTES / 2;

export interface SecretFieldProps {
  readonly id: string;
  readonly refusal: RefusalCode | undefined;
}

/** The secret. Uncontrolled: it is in the page's textarea and nowhere else until it is sealed. */
export function SecretField({ id, refusal }: SecretFieldProps) {
  const words = compose.secret;
  const [size, setSize] = useState<string | null>(null);

  const measure = useCallback((text: string) => {
    // UTF-8 takes three bytes at most for a UTF-16 unit: most texts need no counting.
    const bytes = text.length * 3 < SIZE_MATTERS_FROM ? 0 : countBytes(text);
    setSize(bytes < SIZE_MATTERS_FROM ? null : formatBytes(bytes));
  }, []);

  const attach = useCallback(
    // What was typed before the script took over counts too.
    (element: HTMLTextAreaElement | null) => measure(element?.value ?? ''),
    [measure],
  );

  return (
    <TextArea
      id={id}
      name="secret"
      label={words.label}
      hint={size === null ? words.hint : fill(words.size, { size })}
      error={textOf(refusal, size)}
      mono
      rows={4}
      required
      ref={attach}
      // Growing with its text would lay all of it out again at every key.
      className={size === null ? undefined : 'h-[50vh] field-sizing-fixed'}
      {...TYPED_SECRET}
      onInput={({ currentTarget }) => measure(currentTarget.value)}
    />
  );
}

function textOf(refusal: RefusalCode | undefined, size: string | null): string | undefined {
  if (refusal === undefined) return undefined;
  return refusal === 'secret_too_large' && size !== null
    ? fill(compose.secret.tooLarge, { size })
    : refusals[refusal];
}
