'use client';

import { useEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import type { ShownErrors } from '@/components/form/use-shown-errors';
import { useLeaveGuard } from '@/components/form/use-work';
import { Button, type ButtonProps } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Notice, LiveRegion } from '@/components/ui/notice';
import { ProgressBar } from '@/components/ui/progress-bar';
import { LateWords, ScriptOnly, useHydrated } from '@/components/ui/script-only';
import { form as words } from '@/messages/en/form';

/** Who may send the form. There is no default: each form says it. */
export type SentBy =
  /** A script alone. Where none runs, `otherwise` stands in the form's place. */
  | { readonly by: 'script'; readonly otherwise: ReactNode }
  /** The browser, by itself, to a server that is meant to read all that is typed. */
  | { readonly by: 'browser'; readonly action: (form: FormData) => void };

export interface SecretFormProps {
  readonly sent: SentBy;
  readonly errors: ShownErrors;
  /** Why it failed as a whole, and what helps. */
  readonly problem: ReactNode;
  /** What is being done; null while nothing is. */
  readonly step: WorkingProps | null;
  readonly button: Omit<ButtonProps, 'type' | 'pending' | 'disabled' | 'ref'>;
  /** Whether what the script needs is there; until then the button waits. */
  readonly isReady?: boolean;
  readonly onSubmit: (form: HTMLFormElement, event: SubmitEvent) => void;
  /** Whether leaving the page would lose what was typed: then it asks first. */
  readonly hasUnsaved?: (form: HTMLFormElement) => boolean;
  /** The fields. They are inert while work is under way. */
  readonly children: ReactNode;
  /** Stands before the fields and stays live. */
  readonly before?: ReactNode;
  /** Stands between the fields and the button. */
  readonly between?: ReactNode;
  /** Stands beside the button. */
  readonly beside?: ReactNode;
  /** Stands under the button. */
  readonly below?: ReactNode;
  /** Stands at the end, after what is under way. */
  readonly after?: ReactNode;
  readonly ref?: Ref<HTMLFormElement>;
  readonly className?: string;
}

/**
 * The one form of this app that takes something secret. Until its script is
 * there it sends nothing: its button is disabled and `dialog`, outside a
 * `<dialog>`, submits nowhere. What is typed meanwhile stays. The first wrong
 * field takes the focus, or else the button, which is where to try again.
 */
export function SecretForm(props: SecretFormProps) {
  const { sent } = props;
  const form = <Shell {...props} />;
  return sent.by === 'browser' ? form : <ScriptOnly otherwise={sent.otherwise}>{form}</ScriptOnly>;
}

function Shell(props: SecretFormProps) {
  const {
    sent,
    errors,
    problem,
    step,
    isReady = true,
    onSubmit,
    hasUnsaved,
    ref,
    className,
  } = props;
  const isHydrated = useHydrated();
  const waits = sent.by === 'script' && !(isHydrated && isReady);
  const fields = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isWorking = step !== null;
  const hasProblem = Boolean(problem);
  const { found } = errors;

  useLeaveGuard(() => {
    const form = button.current?.form ?? null;
    return form !== null && (hasUnsaved?.(form) ?? false);
  });

  useEffect(() => {
    // Fields take no focus while work is under way, and an error may be known before that is over.
    if (isWorking) return;
    const wrong = firstWrong(fields.current);
    if (wrong !== undefined) wrong.focus();
    else if (hasProblem) button.current?.focus();
  }, [found, hasProblem, isWorking]);

  return (
    <form
      ref={ref}
      {...(sent.by === 'browser' ? { action: sent.action } : { method: 'dialog' })}
      noValidate={isHydrated}
      onSubmit={(event) => {
        event.preventDefault();
        if (waits || isWorking || !(event.nativeEvent instanceof SubmitEvent)) return;
        // Enter in a field sends, too, and the fields take no focus while it is under way.
        button.current?.focus();
        onSubmit(event.currentTarget, event.nativeEvent);
      }}
      onInput={({ target }) => {
        if (!(target instanceof HTMLElement)) return;
        errors.answer(target.id, target.getAttribute('name') ?? '');
      }}
      className={classNames('grid gap-6', className)}
    >
      {props.before}
      <div ref={fields} className="grid gap-6" inert={isWorking}>
        {props.children}
      </div>
      <div role="alert" className="empty:hidden">
        {hasProblem && <Notice tone="danger">{problem}</Notice>}
      </div>
      {props.between}
      <div className="grid gap-3">
        <div className="actions">
          <Button
            {...props.button}
            ref={button}
            type="submit"
            variant="primary"
            disabled={waits}
            pending={isWorking}
          >
            {waits ? words.gettingReady : props.button.children}
          </Button>
          {props.beside}
        </div>
        {!isHydrated && sent.by === 'script' && <LateWords>{words.late}</LateWords>}
        {props.below}
        {step !== null && <Working key={step.label} {...step} />}
        {props.after}
      </div>
    </form>
  );
}

/** The first control that is marked as wrong; of a group, the first of its controls. */
function firstWrong(fields: HTMLElement | null): HTMLElement | undefined {
  const wrong = fields?.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (!(wrong instanceof HTMLFieldSetElement)) return wrong ?? undefined;
  const within = ['[aria-invalid="true"]', 'input, textarea', 'summary'].flatMap((selector) => [
    ...wrong.querySelectorAll<HTMLElement>(selector),
  ]);
  return within.find((control) => control.checkVisibility());
}

/** After this the words admit that it takes long. Milliseconds. */
const LONG_MS = 6000;

export interface WorkingProps {
  readonly label: string;
  /** What it says once it takes long; the same label if left out. */
  readonly longLabel?: string | undefined;
  readonly cancel?: { readonly label: string; readonly onCancel: () => void } | undefined;
}

/**
 * Work under way. Argon2 does not tell how far it is, so the bar claims no
 * share; it says what is being done, and says so aloud.
 */
export function Working({ label, longLabel = label, cancel }: WorkingProps) {
  const [isLong, setLong] = useState(false);
  const [announced, setAnnounced] = useState('');
  const said = isLong ? longLabel : label;

  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    // A live region born full is not read: it is filled one turn later.
    const timer = setTimeout(() => setAnnounced(said), 0);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <div className="flex flex-wrap items-center gap-4">
      <ProgressBar label={said} className="flex-1 basis-56" />
      {cancel !== undefined && <Button onClick={cancel.onCancel}>{cancel.label}</Button>}
      <LiveRegion hidden>{announced}</LiveRegion>
    </div>
  );
}
