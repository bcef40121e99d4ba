'use client';

import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import {
  AccountForm,
  NeedsScript,
  refusedHere,
  stretching,
  textOf,
  useFormWork,
  type Ask,
} from '@/components/account/account-form';
import { PasswordField } from '@/components/account/credential-fields';
import { AwaitedScript } from '@/components/ui/script-only';
import { Card } from '@/components/ui/surface';
import { Notice } from '@/components/ui/notice';
import type { VaultResult, VaultShareResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/browser-trouble';
import type { OpenVault } from '@/lib/browser/vault/vault-memory';
import type { VaultWatch } from '@/lib/browser/vault/watch-vault';
import type { RefusalCode } from '@/lib/refusal-code';
import { account } from '@/messages/en/account';

/** The server actions of a page that uses the vault, handed in by the page. */
export interface VaultActions {
  readonly readOwnVault: Ask<VaultResult>;
  readonly readVaultShare: Ask<VaultShareResult>;
}

/**
 * The vault, for one piece of work: nothing keeps it. Null where it has locked; then the gate is
 * shut already, and asks for the password.
 *
 * @throws BrowserTrouble where the server does not say
 */
export type ReadVault = () => Promise<OpenVault | null>;

/** What stands behind the gate gets this, and never the vault itself. */
export interface Gate {
  /** False while the password is asked for: what was shown has to go until it is true again. */
  readonly isOpen: boolean;
  readonly read: ReadVault;
}

const words = account.vault;

const loadVault = () => loadPart(() => import('@/lib/browser/vault/vault-memory'));
const loadWatch = () => loadPart(() => import('@/lib/browser/vault/watch-vault'));
const loadUnlocking = () => loadPart(() => import('@/lib/browser/vault/unlock-vault'));

export interface PageWatch extends VaultWatch {
  /** What is waited for before the first look. */
  readonly after?: Promise<unknown>;
  /** What to do where the part that watches can't be had. */
  readonly onMissing?: () => void;
}

/**
 * Watches the vault for as long as a page stays.
 *
 * @returns how to stop
 */
export function watchFromPage(accountId: string, { after, onMissing, ...watch }: PageWatch) {
  let stop: (() => void) | null = null;
  let isCurrent = true;
  void Promise.resolve(after)
    .then(loadWatch)
    .then(
      ({ watchVault }) => {
        if (isCurrent) stop = watchVault(accountId, watch);
      },
      () => {
        if (isCurrent) onMissing?.();
      },
    );
  return () => {
    isCurrent = false;
    stop?.();
  };
}

/** Whether the vault is open in this browser, as the clock goes and other tabs do; and a way to open it. */
function useVault(accountId: string, { readOwnVault, readVaultShare }: VaultActions) {
  const [state, setState] = useState<'looking' | 'open' | 'locked'>('looking');
  const [goesWithThePage, setGoesWithThePage] = useState(false);

  const read = useCallback<ReadVault>(async () => {
    const here = await loadVault();
    const vault = await here.readVault(accountId, readVaultShare);
    setGoesWithThePage(here.goesWithThePage());
    setState(vault === null ? 'locked' : 'open');
    return vault;
  }, [accountId, readVaultShare]);

  useEffect(() => {
    const after = Promise.resolve()
      .then(read)
      // Where the server does not say, the password is asked for, and what is open stays so.
      .catch(() => setState('locked'));
    const onLook = (isOpen: boolean) => setState(isOpen ? 'open' : 'locked');
    return watchFromPage(accountId, { after, onLook, touch: read });
  }, [accountId, read]);

  /** @returns why it stays locked */
  async function unlock(password: string, signal: AbortSignal): Promise<RefusalCode | null> {
    const { unlockVault } = await loadUnlocking();
    const sealed = await askServer('readOwnVault', () => readOwnVault(new FormData()));
    if (sealed.status === 'refused') return sealed.refusal;
    // Another person has signed in since: this page is not theirs.
    if (sealed.accountId !== accountId) return 'sign_in_required';
    const refusal = await unlockVault(readOwnVault, sealed, password, signal);
    if (refusal !== null) return refusal;
    setGoesWithThePage((await loadVault()).goesWithThePage());
    setState('open');
    return null;
  }

  return { state, read, unlock, goesWithThePage };
}

export interface VaultGateProps {
  readonly accountId: string;
  readonly actions: VaultActions;
  readonly children: (gate: Gate) => ReactNode;
}

/**
 * Shows what needs the vault once it is open, and asks for the password while it is locked. What
 * stood there stays behind the gate when it shuts: nothing typed or opened is lost.
 */
export function VaultGate({ accountId, actions, children }: VaultGateProps) {
  const { state, read, unlock, goesWithThePage } = useVault(accountId, actions);
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
      {state === 'locked' && <Unlock wasOpen={wasOpen} unlock={unlock} />}
      {wasOpen && (
        <div className={state === 'open' ? 'contents' : 'hidden'}>
          {children({ isOpen: state === 'open', read })}
        </div>
      )}
    </>
  );
}

interface UnlockProps {
  readonly wasOpen: boolean;
  readonly unlock: ReturnType<typeof useVault>['unlock'];
}

function Unlock({ wasOpen, unlock }: UnlockProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const work = useFormWork('vault', ['password'], stretching(account.steps.unlocking));
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
        work={work}
        submit={words.submit}
        onSubmit={async (given, signal) => {
          const password = textOf(given, 'password');
          const refusal = password === '' ? 'password_wrong' : await unlock(password, signal);
          if (refusal === null) return { status: 'done' };
          return refusedHere(refusal, refusal === 'password_wrong' ? 'password' : null);
        }}
      >
        <PasswordField {...work.field('password')} autoComplete="current-password" />
      </AccountForm>
    </Card>
  );
}
