'use client';

import { useActionState, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  canBeOpened,
  show,
  showAnswer,
  withAgain,
  type Shown,
} from '@/components/secret/message-view';
import type { OpenActions } from '@/components/secret/open-actions';
import {
  problemOfRefusal,
  problemOfTrouble,
  PRESS_YOURSELF,
  type OpenStep,
} from '@/components/secret/open-problem';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useHeldEnd } from '@/components/secret/use-held-end';
import { useWork } from '@/components/secret/use-work';
import type { Intent } from '@/components/secret/waiting-message';
import { askToClaim } from '@/lib/browser/ask-again';
import { beginClaim, forgetClaim, recallClaim, rememberClaim } from '@/lib/browser/claim-memory';
import { acknowledgeQuietly } from '@/lib/browser/acknowledge-quietly';
import { holdClaim, type Hold } from '@/lib/browser/hold-claim';
import { isPersonPressing, watchForGestures } from '@/lib/browser/user-gesture';
import type { OpenState } from '@/lib/messages/outcomes';

export interface ServerSealedProps {
  /** M2 */
  readonly linkToken: string;
  /** Made with the page; this tab's own takes its place where there is one. */
  readonly nonce: string;
  readonly initial: OpenState;
  readonly actions: Pick<OpenActions, 'openServerSealed' | 'acknowledge'>;
  /** How long the server lets one who opened ask again. */
  readonly leaseSeconds: number;
}

function shownState(state: OpenState, initial: OpenState, mayRepeat: boolean): Shown {
  if (state.status === 'opened') {
    return show({
      view: 'opened',
      secret: state.secret,
      again: mayRepeat ? 'posting' : null,
    });
  }
  const before = initial.status === 'waiting' ? showAnswer(initial, { view: 'failed' }).view : null;
  return showAnswer(state, before ?? { view: 'failed' });
}

/**
 * The states of a server-sealed message's page. Without a script its form
 * posts itself; with one, `submit` asks in its place, with this tab's nonce.
 */
export function useServerSealed(props: ServerSealedProps) {
  const { linkToken, nonce, initial, actions, leaseSeconds } = props;
  const { openServerSealed, acknowledge } = actions;
  const [posted, formAction] = useActionState(openServerSealed, initial);
  const [scripted, setScripted] = useState<Shown | null>(null);
  const { run, step, trouble, cancel, forgetTrouble } = useWork<OpenStep>();

  const hold = useRef<Hold | null>(null);
  const isHydrated = useHydrated();

  const isUnconfirmed = posted.status === 'waiting' && posted.refusal === 'show_unconfirmed';
  const asksForBox = isUnconfirmed && !isHydrated;
  const wasAsked = posted.status === 'waiting' && posted.refusal === 'destroy_unconfirmed';
  const shown = useMemo(() => {
    const wasPosted = shownState(posted, initial, leaseSeconds > 0);
    // Once the script runs there is no box to tick: the press itself is what was missing.
    const current =
      scripted ?? (isUnconfirmed && !asksForBox ? show(wasPosted.view, PRESS_YOURSELF) : wasPosted);
    return trouble === null ? current : show(current.view, problemOfTrouble(trouble));
  }, [scripted, posted, initial, leaseSeconds, trouble, isUnconfirmed, asksForBox]);

  useEffect(watchForGestures, []);

  useEffect(() => {
    let isCurrent = true;
    void remembered(linkToken, posted).then((memory) => {
      if (isCurrent && memory !== null) setScripted(memory);
    });
    return () => {
      isCurrent = false;
    };
  }, [linkToken, posted]);

  useHeldEnd(shown.view, () => {
    void recallClaim(linkToken).then((memory) => {
      if (memory?.state !== 'shown') return;
      setScripted(show({ view: 'shownBefore', openedAt: memory.openedAt }));
    });
  });

  async function submit(intent: Intent, form: HTMLFormElement): Promise<void> {
    const { view } = shown;
    if (!canBeOpened(view)) return;
    forgetTrouble();
    if (!isPersonPressing(form)) {
      setScripted(show(view, PRESS_YOURSELF));
      return;
    }
    const fields = new FormData(form);
    const hasPassphrase = view.needsPassphrase && fields.get('passphrase') !== '';
    if (intent === 'open' && view.needsPassphrase && !hasPassphrase) {
      setScripted(show(view, problemOfRefusal('passphrase_missing', null)));
      return;
    }
    setScripted(show(view));
    await run(intent === 'open' ? 'fetching' : 'destroying', async () => {
      const claimNonce =
        intent === 'open' ? await beginClaim(linkToken, nonce, view.needsPassphrase) : nonce;
      fields.set('intent', intent);
      fields.set('show', 'yes');
      fields.set('nonce', claimNonce);
      const state = await askToClaim(
        'openServerSealed',
        () => openServerSealed(initial, fields),
        hasPassphrase,
      );
      if (state.status === 'opened') {
        setScripted(show({ view: 'opened', secret: state.secret, again: null }));
        hold.current = await holdClaim(
          {
            linkToken,
            nonce: claimNonce,
            openedAt: state.openedAt,
            needsPassphrase: view.needsPassphrase,
          },
          leaseSeconds,
          () => acknowledgeQuietly(acknowledge, { token: linkToken, nonce: claimNonce }),
          () => {
            hold.current = null;
            setScripted((shown) => shown && withAgain(shown, null));
          },
        );
        const { until } = hold.current;
        if (until !== null) setScripted((shown) => shown && withAgain(shown, { until }));
        return;
      }
      if (state.status === 'ended') await forgetClaim(linkToken);
      setScripted(showAnswer(state, view));
    });
  }

  const hide = useCallback(
    (byPerson: boolean) => {
      if (!byPerson && hold.current !== null) {
        setScripted(
          show({
            view: 'repeatable',
            needsPassphrase: hold.current.needsPassphrase,
            heldUntil: hold.current.until === null ? null : Date.parse(hold.current.until),
          }),
        );
        return;
      }
      hold.current?.release();
      setScripted(show({ view: 'hidden', byPerson }));
      if (posted.status === 'opened') leavePostedPage(byPerson);
    },
    [posted.status],
  );

  const release = useCallback(() => hold.current?.release(), []);

  return {
    shown,
    arrives: scripted !== null,
    formAction,
    step,
    cancel,
    submit,
    hide,
    release,
    asksForBox,
    wasAsked,
  };
}

/** What this tab knows of a message that was opened. */
async function remembered(linkToken: string, state: OpenState): Promise<Shown | null> {
  if (state.status === 'opened') {
    await rememberClaim(linkToken, { state: 'shown', openedAt: state.openedAt });
    return null;
  }
  if (state.status !== 'ended' || state.ending.kind !== 'opened') return null;
  const memory = await recallClaim(linkToken);
  if (memory === null) return null;
  return memory.state === 'shown'
    ? show({ view: 'shownBefore', openedAt: memory.openedAt })
    : show({
        view: 'repeatable',
        needsPassphrase: memory.needsPassphrase,
        heldUntil: memory.state === 'held' ? memory.until : null,
      });
}

/**
 * A page that arrived with the secret in it, because its form posted itself,
 * has it in its own source as well: nothing but a new page takes it out.
 */
function leavePostedPage(isStillHere: boolean): void {
  if (isStillHere || document.visibilityState === 'visible') location.replace(location.pathname);
  else addEventListener('pageshow', () => location.replace(location.pathname), { once: true });
}
