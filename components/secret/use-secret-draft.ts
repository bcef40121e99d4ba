'use client';

import { useState } from 'react';
import { fieldsOf, startDrafts, type FieldDraft } from '@/lib/browser/field-drafts';
import type { SecretField } from '@/lib/protocol/secret-fields';
import { isFilled } from '@/lib/secrets/field-rules';
import { TEMPLATE_IDS, templateFields, type TemplateId } from '@/lib/secrets/templates';
import { fields as words } from '@/messages/en/fields';

/** What is being written: one text, or fields from a template or of one's own. */
export type SecretShape = 'text' | FieldsShape;
type FieldsShape = TemplateId | 'own';

export const SECRET_SHAPES: readonly SecretShape[] = ['text', ...TEMPLATE_IDS, 'own'];

export interface SecretDraft {
  readonly shape: SecretShape;
  readonly chooseShape: (shape: SecretShape) => void;
  /** null while the secret is one text. */
  readonly drafts: readonly FieldDraft[] | null;
  readonly changeDrafts: (drafts: readonly FieldDraft[]) => void;
  /** The fields as they would be sealed; null while the secret is one text. */
  readonly fields: readonly SecretField[] | null;
  /** Whether anything was typed into fields, of whichever shape. */
  readonly isStarted: boolean;
}

/**
 * The fields of a secret while it is written. What was typed for one shape
 * stays there while another is chosen, until the form goes.
 */
export function useSecretDraft(): SecretDraft {
  const [shape, chooseShape] = useState<SecretShape>('text');
  const [draftsOf, setDraftsOf] = useState<Partial<Record<FieldsShape, readonly FieldDraft[]>>>({});
  const drafts = shape === 'text' ? null : (draftsOf[shape] ?? startShape(shape));
  return {
    shape,
    chooseShape,
    drafts,
    changeDrafts: (changed) => setDraftsOf({ ...draftsOf, [shape]: changed }),
    fields: drafts === null ? null : fieldsOf(drafts),
    isStarted: Object.values(draftsOf).some((started) => started.some(isFilled)),
  };
}

function startShape(shape: FieldsShape): FieldDraft[] {
  return startDrafts(shape === 'own' ? null : templateFields(shape, words.templates));
}
