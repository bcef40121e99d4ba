'use client';

import { useMemo, type ReactNode } from 'react';
import { SecretForm } from '@/components/form/secret-form';
import { useShownErrors, type FormErrors } from '@/components/form/use-shown-errors';
import type { OpenableView, OpenProblem, OpenStep } from '@/components/secret/message-view';
import { SealRule } from '@/components/site/seal';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/surface';
import { Checkbox } from '@/components/ui/choice';
import { IrreversibleForm } from '@/components/ui/irreversible-act';
import { useHydrated } from '@/components/ui/script-only';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextField } from '@/components/ui/field';
import { WithTime } from '@/components/ui/time-stamp';
import { brand } from '@/lib/brand';
import { prepareStretching } from '@/lib/browser/stretch-passphrase';
import { WRONG_PASSPHRASE_LIMIT } from '@/lib/sealed/policy';
import { open } from '@/messages/en/open';
import { fill } from '@/messages/fill';

export type Intent = 'open' | 'destroy';

/** What the form needs besides what is shown. */
export interface OpenFormProps {
  readonly step: OpenStep | null;
  readonly stretchesHere: boolean;
  /** Where the form posts itself without a script; nowhere for a browser seal. */
  readonly formAction?: ((form: FormData) => void) | undefined;
  readonly onSubmit: (intent: Intent, form: HTMLFormElement) => void;
  readonly onCancel: () => void;
  /** What both forms post besides: which message it is. */
  readonly hiddenFields?: ReactNode;
  /** Whether the page was posted, without a script, to ask about destroying. */
  readonly wasAsked?: boolean;
  /** Its address, for a page that works without a script. */
  readonly ownPath?: string;
  /** Where it is needed, the box to tick. */
  readonly children?: ReactNode;
}

export interface WaitingMessageProps extends OpenFormProps {
  readonly view: OpenableView;
  readonly problem: OpenProblem | null;
  readonly arrives: boolean;
}

const PASSPHRASE_ID = 'open-passphrase';

/** A card with one obvious thing to do. Nothing on it happens by itself. */
export function WaitingMessage(props: WaitingMessageProps) {
  const { view, arrives, step } = props;
  const { heading, lead } = wordsOf(view);
  // Where this tab repeats its claim the time no longer matters, and it is too late to destroy.
  const expiresAt = view.view === 'waiting' ? view.expiresAt : null;
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
      <OpenForm {...props} />
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

function wordsOf(view: OpenableView): Readonly<Record<'heading' | 'lead', string>> {
  if (view.view === 'waiting') return open.waiting;
  const { heading, text } = open[view.heldUntil === null ? 'repeat' : 'again'];
  return { heading, lead: text };
}

const NO_ERRORS: FormErrors = {};
const WRONG: FormErrors = { passphrase: 'passphrase_wrong' };

function OpenForm({
  view,
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
  const triesLeft = view.view === 'waiting' ? view.triesLeft : null;
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
      {view.needsPassphrase && (
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

/**
 * The box to tick where no script can tell a person from a robot that submits
 * forms. Once the script runs, the press of the button is the confirmation.
 *
 * @param isAskedFor the form was posted without it, so it has to be seen now
 */
export function ShowConfirmation({ isAskedFor }: { readonly isAskedFor: boolean }) {
  const isHydrated = useHydrated();
  if (isHydrated) return null;
  const box = (
    <Checkbox
      id="open-show"
      name="show"
      value="yes"
      label={open.waiting.show}
      hint={open.waiting.showHint}
      required
    />
  );
  return isAskedFor ? box : <noscript>{box}</noscript>;
}

interface OpenProblemTextProps {
  readonly problem: OpenProblem;
  /** Left out inside the form, where trying again is sending it again. */
  readonly onRetry?: () => void;
}

/** A problem of the page as a whole, with the button that helps. A field says its own. */
export function OpenProblemText({ problem, onRetry }: OpenProblemTextProps) {
  const isHydrated = useHydrated();
  const { retry, reload } = open.waiting;
  const press = onRetry ? { onClick: onRetry } : { type: 'submit' as const, ...OPENS };
  return (
    <div className="grid justify-items-start gap-3">
      <p>{problem.text}</p>
      {problem.remedy === 'retry' && isHydrated && <Button {...press}>{retry}</Button>}
      {problem.remedy === 'reload' && isHydrated && (
        <Button onClick={() => location.reload()}>{reload}</Button>
      )}
    </div>
  );
}

const OPENS = { name: 'intent', value: 'open' };
