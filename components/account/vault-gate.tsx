'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { NeedsScript } from '@/components/account/needs-script';
import { PasswordField } from '@/components/account/password-field';
import { textOf } from '@/components/account/password-work';
import { useVault, type ReadVault } from '@/components/account/use-vault';
import type { VaultActions } from '@/components/account/vault-actions';
import { AwaitedScript } from '@/components/form/late-words';
import { useShownErrors, type FormErrors } from '@/components/form/use-shown-errors';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { account } from '@/messages/en/account';

/** What stands behind the gate gets this, and never the vault itself. */
export interface Gate {
  /** False while the password is asked for: what was shown has to go until it is true again. */
  readonly isOpen: boolean;
  readonly read: ReadVault;
}

export interface VaultGateProps {
  readonly accountId: string;
  readonly actions: VaultActions;
  readonly children: (gate: Gate) => ReactNode;
}

const PASSWORD = 'vault-password';
const words = account.vault;

/**
 * Shows what needs the vault once it is open, and asks for the password while it is locked. What
 * stood there stays behind the gate when it shuts: nothing typed or opened is lost.
 */
export function VaultGate({ accountId, actions, children }: VaultGateProps) {
  const { state, read, unlock, isUnlocking, trouble, goesWithThePage } = useVault(
    accountId,
    actions,
  );
  const [wasOpen, setWasOpen] = useState(false);
  if (state === 'open' && !wasOpen) setWasOpen(true);

  if (state === 'looking') {
    return <AwaitedScript otherwise={<NeedsScript />}>{words.late}</AwaitedScript>;
  }
  return (
    <>
      {goesWithThePage && (
        <Notice>
          <p>{words.goesWithThePage}</p>
        </Notice>
      )}
      {state === 'locked' && (
        <Unlock wasOpen={wasOpen} unlock={unlock} isUnlocking={isUnlocking} trouble={trouble} />
      )}
      {wasOpen && (
        <div className={state === 'open' ? 'contents' : 'hidden'}>
          {children({ isOpen: state === 'open', read })}
        </div>
      )}
    </>
  );
}

type UnlockProps = Pick<ReturnType<typeof useVault>, 'unlock' | 'isUnlocking' | 'trouble'> & {
  readonly wasOpen: boolean;
};

function Unlock({ wasOpen, unlock, isUnlocking, trouble }: UnlockProps) {
  const [errors, setErrors] = useState<FormErrors>({});
  const shownErrors = useShownErrors(errors);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What had the focus is behind the gate now.
    if (wasOpen && document.activeElement === document.body) heading.current?.focus();
  }, [wasOpen]);
  return (
    <Card as="section" aria-labelledby="vault-heading" className="grid gap-5">
      <h2 ref={heading} id="vault-heading" tabIndex={-1} className="text-xl">
        {words.heading}
      </h2>
      <p className="text-muted">{wasOpen ? words.leadAgain : words.lead}</p>
      <AccountForm
        errors={shownErrors}
        trouble={trouble}
        step={
          isUnlocking ? { label: account.steps.unlocking, longLabel: account.stretchingLong } : null
        }
        submit={words.submit}
        onSubmit={(form) => {
          const password = textOf(form, 'password');
          setErrors(password === '' ? { [PASSWORD]: 'password_wrong' } : {});
          if (password === '') return;
          void unlock(password, (refusal) =>
            setErrors({ [refusal === 'password_wrong' ? PASSWORD : 'form']: refusal }),
          );
        }}
      >
        <PasswordField
          id={PASSWORD}
          name="password"
          autoComplete="current-password"
          error={shownErrors.errorOf(PASSWORD)}
        />
      </AccountForm>
    </Card>
  );
}
