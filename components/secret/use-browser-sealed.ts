'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  canBeOpened,
  show,
  showAnswer,
  withAgain,
  type OpenableView,
  type Shown,
} from '@/components/secret/message-view';
import type { OpenActions } from '@/components/secret/open-actions';
import {
  PRESS_YOURSELF,
  problemOfRefusal,
  problemOfThrown,
  problemOfTrouble,
  type OpenStep,
} from '@/components/secret/open-problem';
import { useHeldEnd } from '@/components/secret/use-held-end';
import { useWork } from '@/components/secret/use-work';
import type { Intent } from '@/components/secret/waiting-message';
import { watchAddress, type BrowserLink } from '@/lib/browser/browser-link';
import { fitsAsPassphrase } from '@/lib/browser/check-passphrase';
import { acknowledgeQuietly } from '@/lib/browser/acknowledge-quietly';
import { dropKey, holdClaim, type Hold } from '@/lib/browser/hold-claim';
import { lookAtLink, type LinkLook } from '@/lib/browser/look-at-link';
import { destroyWithLink, openWithLink, type Opening } from '@/lib/browser/open-in-browser';
import { isPersonPressing, watchForGestures } from '@/lib/browser/user-gesture';
import type { PassphraseLockView } from '@/lib/messages/outcomes';

export interface BrowserSealedProps {
  readonly actions: Pick<
    OpenActions,
    'knock' | 'claimBrowserSealed' | 'destroyBrowserSealed' | 'acknowledge'
  >;
  /** How long the server lets one who opened ask again. */
  readonly leaseSeconds: number;
}

/** What looking found besides what is shown: what opening needs. */
interface Found {
  readonly link: BrowserLink;
  readonly lock: PassphraseLockView | null;
}

interface Looked {
  readonly shown: Shown;
  readonly found: Found | null;
}

/** The states of a browser-sealed message's page: it looks by itself and opens when told to. */
export function useBrowserSealed({ actions, leaseSeconds }: BrowserSealedProps) {
  const [shown, setShown] = useState<Shown>(() => show({ view: 'looking' }));
  const found = useRef<Found | null>(null);
  const isOpened = useRef(false);
  const hold = useRef<Hold | null>(null);
  const { run, step, trouble, cancel, forgetTrouble } = useWork<OpenStep>();

  useEffect(watchForGestures, []);

  const accept = useCallback((looked: Looked) => {
    found.current = looked.found;
    setShown(looked.shown);
  }, []);

  const lookAgain = useCallback(() => {
    setShown(show({ view: 'looking' }));
    void look(actions.knock).then(accept);
  }, [actions.knock, accept]);

  useEffect(() => {
    void look(actions.knock).then(accept);
    return watchAddress(() => {
      // What was opened stays: it would not open again.
      if (!isOpened.current) lookAgain();
    });
  }, [actions.knock, accept, lookAgain]);

  useHeldEnd(shown.view, () => {
    // The key is of no use any more, whether or not the server can be asked.
    dropKey();
    lookAgain();
  });

  async function submit(intent: Intent, form: HTMLFormElement): Promise<void> {
    const { view } = shown;
    if (!canBeOpened(view) || found.current === null) return;
    forgetTrouble();
    if (!isPersonPressing(form)) {
      setShown(show(view, PRESS_YOURSELF));
      return;
    }
    setShown(show(view));
    if (intent === 'destroy') await destroy(view, found.current.link);
    else await open(view, found.current, new FormData(form).get('passphrase'));
  }

  async function destroy(view: OpenableView, link: BrowserLink): Promise<void> {
    await run('destroying', async () => {
      setShown(showAnswer(await destroyWithLink(actions.destroyBrowserSealed, link), view));
    });
  }

  async function open(view: OpenableView, { link, lock }: Found, typed: unknown): Promise<void> {
    const passphrase = typeof typed === 'string' ? typed : '';
    const refusal = lock === null ? null : refusalOf(passphrase);
    if (refusal !== null) {
      setShown(show(view, problemOfRefusal(refusal, null)));
      return;
    }
    await run(lock === null ? 'fetching' : 'stretching', async (next, signal) => {
      const onStretched = () => next('fetching');
      const order = { link, lock, passphrase, signal, onStretched };
      const opening = await openWithLink(actions.claimBrowserSealed, order);
      setShown(showOpening(opening, view));
      if (opening.status !== 'opened') return;
      isOpened.current = true;
      found.current = null;
      const { linkToken } = link;
      const { nonce, openedAt } = opening;
      hold.current = await holdClaim(
        { linkToken, nonce, openedAt, needsPassphrase: lock !== null },
        leaseSeconds,
        () => acknowledgeQuietly(actions.acknowledge, { token: linkToken, nonce }),
        () => {
          hold.current = null;
          setShown((shown) => withAgain(shown, null));
        },
      );
      const { until } = hold.current;
      setShown((shown) => (until === null ? shown : withAgain(shown, { until })));
    });
  }

  const release = useCallback(() => hold.current?.release(), []);

  const hide = useCallback(
    (byPerson: boolean) => {
      if (byPerson || hold.current === null) {
        hold.current?.release();
        setShown(show({ view: 'hidden', byPerson }));
        return;
      }
      // It can be shown again here: whoever comes back to the page is told so.
      isOpened.current = false;
      setShown(show({ view: 'looking' }));
      // Stands still with a page that is put away, and goes on with it.
      setTimeout(lookAgain);
    },
    [lookAgain],
  );

  return {
    shown: useMemo(
      () => (trouble === null ? shown : show(shown.view, problemOfTrouble(trouble))),
      [shown, trouble],
    ),
    arrives: true,
    step,
    cancel,
    submit,
    hide,
    release,
    lookAgain,
  };
}

/** Never rejects: a server that can't be asked is something to show. */
async function look(knock: OpenActions['knock']): Promise<Looked> {
  try {
    const looked = await lookAtLink(knock);
    return { shown: showLook(looked), found: looked.kind === 'answered' ? foundIn(looked) : null };
  } catch (error) {
    return { shown: show({ view: 'failed' }, problemOfThrown(error)), found: null };
  }
}

function foundIn({ link, answer }: Extract<LinkLook, { kind: 'answered' }>): Found | null {
  return answer.status === 'waiting' ? { link, lock: answer.lock } : null;
}

function showLook(look: LinkLook): Shown {
  switch (look.kind) {
    case 'answered': {
      const { answer, heldUntil } = look;
      return heldUntil !== null && answer.status === 'waiting'
        ? show({ view: 'repeatable', needsPassphrase: answer.lock !== null, heldUntil })
        : showAnswer(answer, { view: 'failed' });
    }
    case 'shownBefore':
      return show({ view: 'shownBefore', openedAt: look.openedAt });
    case 'keyless':
      return show({ view: 'keyless' });
    case 'incomplete':
      return show({ view: 'incomplete' });
    case 'unreadable':
      return show({ view: 'unknown' });
    case 'needsHttps':
      return show({ view: 'needsHttps' });
    case 'leaving':
      return show({ view: 'looking' });
  }
}

function showOpening(opening: Opening, view: OpenableView): Shown {
  if (opening.status === 'opened')
    return show({ view: 'opened', secret: opening.secret, again: null });
  if (opening.status !== 'wrong_passphrase') return showAnswer(opening, view);
  const { triesLeft } = opening;
  return show(
    view.view === 'waiting' ? { ...view, triesLeft } : view,
    problemOfRefusal('passphrase_wrong', triesLeft),
  );
}

function refusalOf(passphrase: string): 'passphrase_missing' | 'passphrase_too_long' | null {
  if (passphrase === '') return 'passphrase_missing';
  return fitsAsPassphrase(passphrase) ? null : 'passphrase_too_long';
}
