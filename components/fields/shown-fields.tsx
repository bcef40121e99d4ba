'use client';

import { useId } from 'react';
import { ShownField } from '@/components/fields/shown-field';
import { distinctLabels } from '@/lib/secrets/distinct-labels';
import type { SecretField } from '@/lib/protocol/secret-fields';
import { fields as words } from '@/messages/en/fields';

/**
 * An opened secret, field by field. Labels and values are text and nothing
 * but text: whoever sealed them may have written anything.
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
        {words.shown.newTab}
      </p>
    </>
  );
}
