'use client';

import { useState, type ReactNode } from 'react';
import { RecoverForm, type RecoverFormProps } from '@/components/recovery/recover-form';
import type { RecoveryView } from '@/lib/accounts/views';

export interface RecoverHereProps extends Omit<RecoverFormProps, 'view'> {
  /** null for a link that is good for nothing (any more) */
  readonly view: RecoveryView | null;
  /** What stands there for such a link. */
  readonly unknown: ReactNode;
}

/**
 * What a recovery link was good for when its page came. The form uses the link up, and the page may
 * be rendered once more with that very answer: the new recovery code must not go with it. What a new
 * vault would lose is shown as it is, while the link says so.
 */
export function RecoverHere({ view, unknown, ...form }: RecoverHereProps) {
  const [first] = useState(view);
  if (first === null) return unknown;
  const { losses } = view ?? first;
  return <RecoverForm view={{ ...first, losses }} {...form} />;
}
