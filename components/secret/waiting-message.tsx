'use client';

import { useMemo, type ReactNode } from 'react';
import { SecretForm } from '@/components/form/secret-form';
import { useShownErrors, type FormErrors } from '@/components/form/use-shown-errors';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { OpenProblemText } from '@/components/secret/open-problem-text';
import type { OpenProblem, OpenStep } from '@/components/secret/open-problem';
import { WithTime } from '@/components/secret/with-time';
import { SealRule } from '@/components/site/seal-rule';
import { Card } from '@/components/ui/card';
import { IrreversibleForm } from '@/components/ui/irreversible-act';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextField } from '@/components/ui/text-field';
import { brand } from '@/lib/brand';
import { prepareStretching } from '@/lib/browser/stretch-passphrase';
import { WRONG_PASSPHRASE_LIMIT } from '@/lib/messages/policy';
import { open } from '@/messages/en/open';
import { fill } from '@/messages/fill';

export type Intent = 'open' | 'destroy';

export interface WaitingMessageProps {
  readonly heading: string;
  readonly lead: string;
  /** ISO 8601; null where the time no longer matters, because this tab repeats its claim. */
  readonly expiresAt: string | null;
  readonly needsPassphrase: boolean;
  readonly triesLeft: number | null;
  readonly problem: OpenProblem | null;
  readonly step: OpenStep | null;
  readonly arrives: boolean;
  readonly stretchesHere: boolean;
  /** Where the form posts itself without a script; nowhere for a browser seal. */
  readonly formAction?: ((form: FormData) => void) | undefined;
  readonly onSubmit: (intent: Intent, form: HTMLFormElement) => void;
  readonly onCancel: () => void;
  /** What both forms post besides: which message it is. */
  readonly hiddenFields?: ReactNode;
  /** Whether the page was posted, without a script, to ask about destroying. */
  readonly wasAsked?: boolean | undefined;
  /** Its address, for a page that works without a script. */
  readonly ownPath?: string | undefined;
  /** Where it is needed, the box to tick. */
  readonly children?: ReactNode;
}

const PASSPHRASE_ID = 'open-passphrase';

/** A card with one obvious thing to do. Nothing on it happens by itself. */
export function WaitingMessage(props: WaitingMessageProps) {
  const { heading, lead, expiresAt, problem, step, arrives } = props;
  return (
    <Card className="grid gap-6">
      <div className="grid gap-5">
        <SealRule state="closed" />
        <ArrivingHeading
          arrives={arrives}
          align="center"
          above={fill(open.from, { brand: brand.name })}
          lead={fill(lead, { brand: brand.name })}
        >
          {heading}
        </ArrivingHeading>
      </div>
      <OpenForm {...props} problem={problem} step={step} />
      {expiresAt !== null && (
        <p className="text-center text-sm text-muted">
          <WithTime sentence={open.waiting.until} at={expiresAt} />
        </p>
      )}
      {expiresAt !== null && (
        <IrreversibleForm
          className="border-t border-line pt-5 text-center"
          label={open.waiting.destroy}
          words={open.waiting.destroyQuestion}
          variant="plain"
          action={props.formAction}
          wasAsked={props.wasAsked ?? false}
          keepHref={props.ownPath}
          pending={step === 'destroying'}
          pendingText={open.waiting.destroying}
          onSubmit={(form) => props.onSubmit('destroy', form)}
        >
          {props.hiddenFields}
        </IrreversibleForm>
      )}
    </Card>
  );
}

const NO_ERRORS: FormErrors = {};
const WRONG: FormErrors = { passphrase: 'passphrase_wrong' };

function OpenForm({
  needsPassphrase,
  triesLeft,
  problem,
  step,
  stretchesHere,
  formAction,
  onSubmit,
  onCancel,
  hiddenFields,
  children,
}: WaitingMessageProps) {
  const words = open.waiting;
  const isOfPassphrase = problem?.field === 'passphrase';
  const errors = useShownErrors(
    // A new problem is a new object: it is shown although the field was edited after the last one.
    useMemo(() => (problem?.field === 'passphrase' ? { ...WRONG } : NO_ERRORS), [problem]),
  );

  return (
    <SecretForm
      sent={
        formAction === undefined
          ? { by: 'script', otherwise: null }
          : { by: 'browser', action: formAction }
      }
      errors={errors}
      problem={problem?.field === 'form' && <OpenProblemText problem={problem} />}
      step={
        step && {
          label: words.steps[step],
          longLabel: step === 'stretching' ? words.stretchingLong : undefined,
          cancel: step === 'stretching' ? { label: words.cancel, onCancel } : undefined,
        }
      }
      // The first submit button: what the Enter key presses.
      button={{
        name: 'intent',
        value: 'open',
        wide: true,
        children: words.open,
        pendingText: step === 'destroying' ? words.open : words.opening,
      }}
      onSubmit={(form) => onSubmit('open', form)}
    >
      {needsPassphrase && (
        <TextField
          id={PASSPHRASE_ID}
          name="passphrase"
          label={words.passphrase.label}
          // A fresh error says how many tries are left; the hint need not repeat it.
          hint={hintFor(problem === null ? triesLeft : null)}
          error={isOfPassphrase && errors.codeOf('passphrase') ? problem.text : undefined}
          mono
          required
          {...TYPED_SECRET}
          onFocus={stretchesHere ? prepareStretching : undefined}
        />
      )}
      {hiddenFields}
      {children}
    </SecretForm>
  );
}

function hintFor(triesLeft: number | null): string {
  const { passphrase, fewTries, oneTry } = open.waiting;
  if (triesLeft === null || triesLeft >= WRONG_PASSPHRASE_LIMIT) return passphrase.hint;
  const tries = triesLeft === 1 ? oneTry : fill(fewTries, { count: triesLeft });
  return `${passphrase.hint} ${tries}`;
}
