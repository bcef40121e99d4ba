'use client';

import { useEffect, useRef } from 'react';
import { useDestroying } from '@/components/secret/status-page';
import { WithTime } from '@/components/ui/time-stamp';
import { IrreversibleForm } from '@/components/ui/irreversible-act';
import { Notice } from '@/components/ui/notice';
import type { DestroyState, SentSecret } from '@/lib/dashboard/outcomes';
import { endingKey } from '@/lib/sealed/outcomes';
import { dashboard } from '@/messages/en/dashboard';
import { refusals } from '@/messages/en/errors';
import { fill } from '@/messages/fill';

export interface SentRowProps {
  readonly secret: SentSecret;
  readonly destroySent: (previous: DestroyState, form: FormData) => Promise<DestroyState>;
}

const IDLE: DestroyState = { status: 'idle' };

/** A secret that was sent: what became of it, and the one thing that can still be done. */
export function SentRow({ secret, destroySent }: SentRowProps) {
  const { secret: words, destroy: asks } = dashboard;
  const work = useDestroying<DestroyState>('destroySent', destroySent, IDLE);
  const { state, answered } = work;
  const line = useRef<HTMLParagraphElement>(null);
  const ending = state.status === 'ended' ? state.ending : secret.ending;
  const name = secret.recipient || secret.note;
  const problem = work.problem ?? (state.status === 'unknown' ? refusals.not_allowed : null);
  const isTooLate = answered?.status === 'ended' && endingKey(answered.ending) !== 'sender';

  useEffect(() => {
    // The button that was pressed is gone: what came of it takes its focus, and is read.
    if (answered?.status === 'ended') line.current?.focus();
  }, [answered]);

  return (
    <article className="grid gap-1">
      <p className="text-sm text-muted">
        {words.kind}, {words.seals[secret.seal]}
      </p>
      <h2 dir="auto" className="text-lg wrap-anywhere">
        <a href={`/s/${secret.statusToken}`} className="inline-flex min-h-11 items-center">
          {name || words.unnamed}
        </a>
      </h2>
      {secret.recipient !== '' && secret.note !== '' && (
        <p dir="auto" className="wrap-anywhere">
          {secret.note}
        </p>
      )}
      <p ref={line} tabIndex={-1}>
        <State ending={ending} isKeptClosed={secret.isKeptClosed} />
      </p>
      <ul className="flex flex-wrap gap-x-5 text-sm text-muted">
        <li>
          <WithTime sentence={words.created} at={secret.createdAt} />
        </li>
        {ending === null && (
          <li>
            <WithTime sentence={words.expires} at={secret.expiresAt} />
          </li>
        )}
        {secret.wrongPassphrases > 0 && (
          <li>{fill(words.wrongPassphrases, { count: secret.wrongPassphrases })}</li>
        )}
        {secret.notifyWhenOpened && ending === null && <li>{words.notifies}</li>}
      </ul>
      <div role="alert" className="empty:hidden">
        {problem !== null && (
          <Notice tone="danger">
            <p>{problem}</p>
          </Notice>
        )}
        {isTooLate && <Notice tone="warning">{asks.tooLate}</Notice>}
      </div>
      {ending === null && (
        <IrreversibleForm
          label={asks.ask}
          words={{
            question: asks.question,
            confirm: name === '' ? asks.unnamed : fill(asks.button, { label: name }),
            keep: asks.keep,
          }}
          variant="plain"
          action={work.formAction}
          wasAsked={work.wasAsked}
          keepHref="/dashboard"
          pending={work.isDestroying}
          pendingText={asks.pending}
          onSubmit={work.destroy}
        >
          <input type="hidden" name="token" value={secret.statusToken} />
        </IrreversibleForm>
      )}
    </article>
  );
}

function State({ ending, isKeptClosed }: Pick<SentSecret, 'ending' | 'isKeptClosed'>) {
  const { states } = dashboard.secret;
  if (ending === null) return isKeptClosed ? states.keptClosed : states.waiting;
  return <WithTime sentence={states[endingKey(ending)]} at={ending.at} />;
}
