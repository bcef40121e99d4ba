/**
 * The fields of a secret while its sender writes it, or of a request while a
 * member puts it together: what an editor does to them, as pure functions.
 */
import type { SecretField } from '@/lib/protocol/envelope';
import { isFilled, withUnixLineEnds, type FieldDefinition } from '@/lib/secrets/field-rules';

export interface FieldDraft extends SecretField, FieldDefinition {
  /** Stays the same while the field is renamed, moved or filled in. Not sealed. */
  readonly id: number;
}

const EMPTY: SecretField = { kind: 'text', label: '', value: '' };

/** Drafts of a template's fields; of one empty field where there is no template. */
export function startDrafts(template: readonly FieldDefinition[] | null): FieldDraft[] {
  return (template ?? [EMPTY]).map((field, id) => ({ ...field, value: '', id }));
}

/** With an empty field at the end. */
export function addDraft(drafts: readonly FieldDraft[]): FieldDraft[] {
  return [...drafts, { ...EMPTY, id: Math.max(-1, ...drafts.map(({ id }) => id)) + 1 }];
}

export function removeDraft(drafts: readonly FieldDraft[], id: number): FieldDraft[] {
  return drafts.filter((draft) => draft.id !== id);
}

export function changeDraft(
  drafts: readonly FieldDraft[],
  id: number,
  change: Partial<SecretField & FieldDefinition>,
): FieldDraft[] {
  return drafts.map((draft) => (draft.id === id ? { ...draft, ...change } : draft));
}

/** With one field a place earlier or later; as it was where there is no such place. */
export function moveDraft(
  drafts: readonly FieldDraft[],
  id: number,
  step: -1 | 1,
): readonly FieldDraft[] {
  const from = drafts.findIndex((draft) => draft.id === id);
  const [moved, other] = [drafts[from], drafts[from + step]];
  if (moved === undefined || other === undefined) return drafts;
  return drafts.map((draft) => {
    if (draft === moved) return other;
    return draft === other ? moved : draft;
  });
}

/** What is sealed: the fields that say anything, for an empty one would only puzzle its reader. */
export function fieldsOf(drafts: readonly FieldDraft[]): SecretField[] {
  return drafts.filter(isFilled).map(({ kind, label, value }) => ({
    kind,
    label: label.trim(),
    value: withUnixLineEnds(value),
  }));
}

/** What is asked for: the fields without any values. */
export function definitionsOf(drafts: readonly FieldDraft[]): FieldDefinition[] {
  return drafts.map(({ kind, label, required }) => ({
    kind,
    label: label.trim(),
    ...(required && { required }),
  }));
}
