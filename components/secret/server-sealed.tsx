'use client';

import { useActionState, useCallback, useEffect, useMemo } from 'react';
import {
  PRESS_YOURSELF,
  problemOfRefusal,
  show,
  showAnswer,
  type OpenActions,
  type Shown,
} from '@/components/secret/message-view';
import { MessageViews } from '@/components/secret/message-views';
import { useHeldEnd, useOpening, useWithTrouble } from '@/components/secret/use-opening';
import { ShowConfirmation, type Intent } from '@/components/secret/waiting-message';
import { useHydrated } from '@/components/ui/script-only';
import { askToClaim } from '@/lib/browser/ask-server';
import { beginClaim, forgetClaim, recallClaim, rememberClaim } from '@/lib/browser/claim-memory';
import type { OpenState } from '@/lib/sealed/outcomes';
import { MESSAGE_PATH } from '@/lib/protocol/constants';

export interface ServerSealedProps {
  /** M2 */
  readonly linkToken: string;
  /** Made with the page; this tab's own takes its place where there is one. */
  readonly nonce: string;
  readonly initial: OpenState;
  readonly actions: Pick<OpenActions, 'openServerSealed' | 'acknowledge'>;
  /** How long the recipient who opened it may ask again. */
  readonly leaseSeconds: number;
}

/** The page of a server-sealed message. Works before and without its script. */
export function ServerSealed(props: ServerSealedProps) {
  const { asksForBox, ...page } = useServerSealed(props);
  return (
    <MessageViews
      {...page}
      stretchesHere={false}
      onLookAgain={() => location.reload()}
      ownPath={MESSAGE_PATH + props.linkToken}
      hiddenFields={
        <>
          <input type="hidden" name="token" value={props.linkToken} />
          <input type="hidden" name="nonce" value={props.nonce} />
        </>
      }
    >
      <ShowConfirmation isAskedFor={asksForBox} />
    </MessageViews>
  );
}

/** Without a script its form posts itself; with one, `submit` asks instead, with this tab's nonce. */
function useServerSealed({ linkToken, nonce, initial, actions, leaseSeconds }: ServerSealedProps) {
  const { openServerSealed, acknowledge } = actions;
  const [posted, formAction] = useActionState(openServerSealed, initial);
  const opening = useOpening(acknowledge, leaseSeconds);
  const { scripted, setScripted, run, hold } = opening;
  const isHydrated = useHydrated();

  const isUnconfirmed = posted.status === 'waiting' && posted.refusal === 'show_unconfirmed';
  const asksForBox = isUnconfirmed && !isHydrated;
  const wasAsked = posted.status === 'waiting' && posted.refusal === 'destroy_unconfirmed';
  const current = useMemo(() => {
    if (scripted !== null) return scripted;
    const wasPosted = showPosted(posted, initial, leaseSeconds > 0);
    // Once the script runs there is no box to tick: the press itself is what was missing.
    return isUnconfirmed && !asksForBox ? show(wasPosted.view, PRESS_YOURSELF) : wasPosted;
  }, [scripted, posted, initial, leaseSeconds, isUnconfirmed, asksForBox]);
  const shown = useWithTrouble(current, opening);

  useEffect(() => {
    let isCurrent = true;
    void remembered(linkToken, posted).then((memory) => {
      if (isCurrent && memory !== null) setScripted(memory);
    });
    return () => {
      isCurrent = false;
    };
  }, [linkToken, posted, setScripted]);

  useHeldEnd(shown.view, () => {
    void recallClaim(linkToken).then((memory) => {
      if (memory?.state !== 'shown') return;
      setScripted(show({ view: 'shownBefore', openedAt: memory.openedAt }));
    });
  });

  async function submit(intent: Intent, form: HTMLFormElement): Promise<void> {
    const { view } = shown;
    if (!opening.begin(view, form)) return;
    const { needsPassphrase } = view;
    const fields = new FormData(form);
    const hasPassphrase = needsPassphrase && fields.get('passphrase') !== '';
    if (intent === 'open' && needsPassphrase && !hasPassphrase) {
      setScripted(show(view, problemOfRefusal('passphrase_missing', null)));
      return;
    }
    await run(intent === 'open' ? 'fetching' : 'destroying', async () => {
      const claimNonce =
        intent === 'open' ? await beginClaim(linkToken, nonce, needsPassphrase) : nonce;
      fields.set('intent', intent);
      fields.set('show', 'yes');
      fields.set('nonce', claimNonce);
      const state = await askToClaim(
        'openServerSealed',
        () => openServerSealed(initial, fields),
        hasPassphrase,
      );
      if (state.status === 'opened') {
        const { secret, openedAt } = state;
        const claim = { linkToken, nonce: claimNonce, openedAt, needsPassphrase };
        await opening.showOpened(secret, claim);
        return;
      }
      if (state.status === 'ended') await forgetClaim(linkToken);
      setScripted(showAnswer(state, view));
    });
  }

  const hide = useCallback(
    (byPerson: boolean) => {
      if (!byPerson && hold.current !== null) {
        const { needsPassphrase, until } = hold.current;
        const heldUntil = until === null ? null : Date.parse(until);
        setScripted(show({ view: 'repeatable', needsPassphrase, heldUntil }));
        return;
      }
      hold.current?.release();
      setScripted(show({ view: 'hidden', byPerson }));
      if (posted.status === 'opened') leavePostedPage(byPerson);
    },
    [hold, posted.status, setScripted],
  );

  return {
    shown,
    arrives: scripted !== null,
    formAction,
    step: opening.step,
    onSubmit: (intent: Intent, form: HTMLFormElement) => void submit(intent, form),
    onCancel: opening.cancel,
    onHide: hide,
    onTaken: opening.release,
    asksForBox,
    wasAsked,
  };
}

function showPosted(posted: OpenState, initial: OpenState, mayRepeat: boolean): Shown {
  if (posted.status === 'opened') {
    return show({ view: 'opened', secret: posted.secret, again: mayRepeat ? 'posting' : null });
  }
  const waiting = initial.status === 'waiting' ? showAnswer(initial, { view: 'failed' }) : null;
  return showAnswer(posted, waiting?.view ?? { view: 'failed' });
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
