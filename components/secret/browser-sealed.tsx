'use client';

import { useCallback, useEffect, useRef } from 'react';
import {
  problemOfRefusal,
  problemOfThrown,
  show,
  showAnswer,
  type OpenableView,
  type OpenActions,
  type Shown,
} from '@/components/secret/message-view';
import { MessageViews } from '@/components/secret/message-views';
import { useHeldEnd, useOpening, useWithTrouble } from '@/components/secret/use-opening';
import type { Intent } from '@/components/secret/waiting-message';
import { CalmPage } from '@/components/site/calm-page';
import { LateWords, ScriptOnly, useHydrated } from '@/components/ui/script-only';
import { dropKey, watchAddress, type BrowserLink } from '@/lib/browser/browser-link';
import {
  destroyWithLink,
  lookAtLink,
  openWithLink,
  type Opening,
} from '@/lib/browser/open-in-browser';
import { fitsAsPassphrase } from '@/lib/browser/stretch-passphrase';
import type { PassphraseLockView } from '@/lib/sealed/outcomes';
import { open as words } from '@/messages/en/open';

export interface BrowserSealedProps {
  readonly actions: Pick<
    OpenActions,
    'knock' | 'claimBrowserSealed' | 'destroyBrowserSealed' | 'acknowledge'
  >;
  /** How long the recipient who opened it may ask again. */
  readonly leaseSeconds: number;
}

/** The page of a browser-sealed message: its script looks, and opens when it is told to. */
export function BrowserSealed(props: BrowserSealedProps) {
  const page = useBrowserSealed(props);
  if (!useHydrated()) {
    const withoutScript = (
      <CalmPage arrives={false} heading={words.needsScript.heading}>
        <p>{words.needsScript.text}</p>
        <p>{words.needsScript.alternative}</p>
      </CalmPage>
    );
    return (
      <ScriptOnly otherwise={withoutScript}>
        <CalmPage arrives={false} heading={words.looking.heading} seal="closed">
          <p>{words.looking.text}</p>
          <LateWords>{words.looking.late}</LateWords>
        </CalmPage>
      </ScriptOnly>
    );
  }
  return <MessageViews {...page} arrives stretchesHere />;
}

const LOOKING = show({ view: 'looking' });

/** What looking found besides what is shown: what opening needs. */
interface Found {
  readonly link: BrowserLink;
  readonly lock: PassphraseLockView | null;
}

interface Looked {
  readonly shown: Shown;
  /** null where there is nothing to open. */
  readonly found: Found | null;
}

function useBrowserSealed({ actions, leaseSeconds }: BrowserSealedProps) {
  const { knock, claimBrowserSealed, destroyBrowserSealed, acknowledge } = actions;
  const opening = useOpening(acknowledge, leaseSeconds);
  const { setScripted, run, hold } = opening;
  const found = useRef<Found | null>(null);
  const isOpened = useRef(false);
  const shown = useWithTrouble(opening.scripted ?? LOOKING, opening);

  const accept = useCallback(
    (looked: Looked) => {
      found.current = looked.found;
      setScripted(looked.shown);
    },
    [setScripted],
  );

  const lookAgain = useCallback(() => {
    setScripted(LOOKING);
    void look(knock).then(accept);
  }, [knock, accept, setScripted]);

  useEffect(() => {
    void look(knock).then(accept);
    return watchAddress(() => {
      // What was opened stays: it would not open again.
      if (!isOpened.current) lookAgain();
    });
  }, [knock, accept, lookAgain]);

  useHeldEnd(shown.view, () => {
    // The key is of no use any more, whether or not the server can be asked.
    dropKey();
    lookAgain();
  });

  async function submit(intent: Intent, form: HTMLFormElement): Promise<void> {
    const { view } = shown;
    if (found.current === null || !opening.begin(view, form)) return;
    if (intent === 'destroy') await destroy(view, found.current);
    else await open(view, found.current, new FormData(form).get('passphrase'));
  }

  async function destroy(view: OpenableView, { link }: Found): Promise<void> {
    await run('destroying', async () => {
      setScripted(showAnswer(await destroyWithLink(destroyBrowserSealed, link), view));
    });
  }

  async function open(view: OpenableView, { link, lock }: Found, typed: unknown): Promise<void> {
    const passphrase = typeof typed === 'string' ? typed : '';
    const refusal = lock === null ? null : refusalOf(passphrase);
    if (refusal !== null) {
      setScripted(show(view, problemOfRefusal(refusal, null)));
      return;
    }
    await run(lock === null ? 'fetching' : 'stretching', async (next, signal) => {
      const onStretched = () => next('fetching');
      const order = { link, lock, passphrase, signal, onStretched };
      const outcome = await openWithLink(claimBrowserSealed, order);
      if (outcome.status !== 'opened') {
        setScripted(showUnopened(outcome, view));
        return;
      }
      isOpened.current = true;
      found.current = null;
      const { secret, nonce, openedAt } = outcome;
      const { linkToken } = link;
      const needsPassphrase = lock !== null;
      await opening.showOpened(secret, { linkToken, nonce, openedAt, needsPassphrase });
    });
  }

  const hide = useCallback(
    (byPerson: boolean) => {
      if (byPerson || hold.current === null) {
        hold.current?.release();
        setScripted(show({ view: 'hidden', byPerson }));
        return;
      }
      // It can be shown again here: a reader who comes back to the page is told so.
      isOpened.current = false;
      setScripted(LOOKING);
      // Stands still with a page that is put away, and goes on with it.
      setTimeout(lookAgain);
    },
    [hold, lookAgain, setScripted],
  );

  return {
    shown,
    step: opening.step,
    onSubmit: (intent: Intent, form: HTMLFormElement) => void submit(intent, form),
    onCancel: opening.cancel,
    onHide: hide,
    onTaken: opening.release,
    onLookAgain: lookAgain,
  };
}

/** Never rejects: a server that can't be asked is something to show. */
async function look(knock: OpenActions['knock']): Promise<Looked> {
  try {
    const looked = await lookAtLink(knock);
    if ('view' in looked) return { shown: show(looked), found: null };
    const { link, answer, heldUntil } = looked;
    const answered = showAnswer(answer, { view: 'failed' });
    if (answer.status !== 'waiting') return { shown: answered, found: null };
    const { lock } = answer;
    const shown =
      heldUntil === null
        ? answered
        : show({ view: 'repeatable', needsPassphrase: lock !== null, heldUntil });
    return { shown, found: { link, lock } };
  } catch (error) {
    return { shown: show({ view: 'failed' }, problemOfThrown(error)), found: null };
  }
}

function showUnopened(outcome: Exclude<Opening, { status: 'opened' }>, view: OpenableView): Shown {
  if (outcome.status !== 'wrong_passphrase') return showAnswer(outcome, view);
  const { triesLeft } = outcome;
  return show(
    view.view === 'waiting' ? { ...view, triesLeft } : view,
    problemOfRefusal('passphrase_wrong', triesLeft),
  );
}

function refusalOf(passphrase: string): 'passphrase_missing' | 'passphrase_too_long' | null {
  if (passphrase === '') return 'passphrase_missing';
  return fitsAsPassphrase(passphrase) ? null : 'passphrase_too_long';
}
