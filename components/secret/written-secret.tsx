'use client';

import { useCallback, useState } from 'react';
import { FieldEditor } from '@/components/fields/field-editor';
import { FieldValues } from '@/components/fields/field-values';
import type { ShownErrors } from '@/components/form/use-shown-errors';
import { Disclosure } from '@/components/ui/surface';
import { describeControl, FieldError, TextArea } from '@/components/ui/field';
import { QuietSelect } from '@/components/ui/choice';
import { useHydrated } from '@/components/ui/script-only';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { countBytes, formatBytes } from '@/lib/browser/check-compose';
import { changeDraft, fieldsOf, startDrafts, type FieldDraft } from '@/lib/browser/field-drafts';
import { MAX_SECRET_BYTES } from '@/lib/protocol/constants';
import type { SecretField } from '@/lib/protocol/envelope';
import type { RefusalCode } from '@/lib/refusal-code';
import { isFilled, refusalOfLabel } from '@/lib/secrets/field-rules';
import { TEMPLATE_IDS, templateFields, type TemplateId } from '@/lib/secrets/templates';
import { compose } from '@/messages/en/compose';
import { refusals } from '@/messages/en/errors';
import { fields as words } from '@/messages/en/fields';
import { fill } from '@/messages/fill';

/** What is being written: one text, or fields from a template or of one's own. */
type SecretShape = 'text' | FieldsShape;
type FieldsShape = TemplateId | 'own';

const SECRET_SHAPES: readonly SecretShape[] = ['text', ...TEMPLATE_IDS, 'own'];

interface SecretDraft {
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

export interface WrittenSecretProps {
  /** Of the text and of the group of fields. */
  readonly ids: Readonly<Record<'secret' | 'fields', string>>;
  readonly draft: SecretDraft;
  readonly errors: ShownErrors;
}

/** What is sealed, while it is written. */
export function WrittenSecret({ ids, draft, errors }: WrittenSecretProps) {
  const { shape, drafts } = draft;
  return (
    <div className="relative">
      <ShapeChoice shape={shape} onChoose={draft.chooseShape} />
      {/* Stays, with what is in it, while fields are written instead. */}
      <div hidden={drafts !== null}>
        <SecretText id={ids.secret} refusal={errors.codeOf('secret')} />
      </div>
      {drafts !== null && (
        <SecretFields
          key={shape}
          id={ids.fields}
          drafts={drafts}
          isOwn={shape === 'own'}
          refusal={errors.codeOf('fields')}
          onChange={draft.changeDrafts}
          onEdited={() => errors.answer('fields')}
        />
      )}
    </div>
  );
}

interface ShapeChoiceProps {
  readonly shape: SecretShape;
  readonly onChoose: (shape: SecretShape) => void;
}

/**
 * One text, or fields; beside the heading of what it changes, where it takes no room of its own.
 * Only where a script can show the fields; elsewhere there is nothing to choose.
 */
function ShapeChoice({ shape, onChoose }: ShapeChoiceProps) {
  const isHydrated = useHydrated();
  if (!isHydrated) return null;
  return (
    <QuietSelect
      id="compose-shape"
      label={compose.shape.label}
      hidesLabel
      value={shape}
      options={SECRET_SHAPES.map((value) => ({ value, label: nameOf(value) }))}
      onChange={({ currentTarget }) => {
        const chosen = SECRET_SHAPES.find((candidate) => candidate === currentTarget.value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      className="secret-shape"
    />
  );
}

function nameOf(shape: SecretShape): string {
  switch (shape) {
    case 'text':
      return compose.shape.text;
    case 'own':
      return words.own;
    default:
      return words.templates[shape].name;
  }
}

/** From here on the size is of interest; below it the sender need not think about it. */
const SIZE_MATTERS_FROM = MAX_SECRET_BYTES / 2;

interface SecretTextProps {
  readonly id: string;
  readonly refusal: RefusalCode | undefined;
}

/** The secret. Uncontrolled: it is in the page's textarea and nowhere else until it is sealed. */
function SecretText({ id, refusal }: SecretTextProps) {
  const { label, hint, size: sizeHint } = compose.secret;
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
      label={label}
      hint={size === null ? hint : fill(sizeHint, { size })}
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

interface SecretFieldsProps {
  readonly id: string;
  readonly drafts: readonly FieldDraft[];
  /** Whether the fields are the sender's own: then their labels come first. */
  readonly isOwn: boolean;
  readonly refusal: RefusalCode | undefined;
  readonly onChange: (drafts: readonly FieldDraft[]) => void;
  /** The error no longer fits what is there. */
  readonly onEdited: () => void;
}

const LABEL_REFUSALS: readonly (RefusalCode | undefined)[] = [
  'field_label_missing',
  'field_label_too_long',
  'text_hidden',
];
const NO_ERROR = () => null;
/** An empty field is not sent, so its label may be missing. */
const errorOfFilled = (draft: FieldDraft) => (isFilled(draft) ? refusalOfLabel(draft.label) : null);

/** The secret as fields: which ones, and what is in them. */
function SecretFields({ id, drafts, isOwn, refusal, onChange, onEdited }: SecretFieldsProps) {
  const hint = compose.secret.fieldsHint;
  const isAboutLabels = LABEL_REFUSALS.includes(refusal);
  // What is wrong with a label is said beside it, for as long as it is wrong.
  const error = refusal === undefined || isAboutLabels ? undefined : refusals[refusal];

  function change(changed: readonly FieldDraft[]) {
    onChange(changed);
    if (!isAboutLabels) onEdited();
  }

  return (
    <fieldset {...describeControl(id, { hint, error })} className="field">
      <legend className="field-label">{compose.secret.label}</legend>
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
      <div className="mt-4 grid gap-5">
        <Disclosure summary={words.editor.summary} open={isOwn || isAboutLabels || undefined}>
          <FieldEditor
            drafts={drafts}
            isAskedFor={false}
            onChange={change}
            errorOf={isAboutLabels ? errorOfFilled : NO_ERROR}
          />
        </Disclosure>
        <FieldValues
          idPrefix={`${id}-value`}
          fields={drafts}
          values={drafts.map(({ value }) => value)}
          onValueChange={(index, value) => {
            const draft = drafts[index];
            if (draft !== undefined) change(changeDraft(drafts, draft.id, { value }));
          }}
        />
      </div>
      <FieldError id={id} error={error} />
    </fieldset>
  );
}
