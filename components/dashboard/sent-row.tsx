'use client';

import { useActionState, useEffect, useRef, useState } from 'react';
import { DestroySent } from '@/components/dashboard/destroy-sent';
import { endingKey } from '@/components/secret/ending-key';
import { useWork } from '@/components/secret/use-work';
import { WithTime } from '@/components/secret/with-time';
import { Notice } from '@/components/ui/notice';
import { askAgain } from '@/lib/browser/ask-again';
import type { DestroyState, SentSecret } from '@/lib/dashboard/outcomes';
import { dashboard } from '@/messages/en/dashboard';
import { refusals, troubles } from '@/messages/en/errors';
import { fill } from '@/messages/fill';

export interface SentRowProps {
  readonly secret: SentSecret;
  readonly destroySent: (previous: DestroyState, form: FormData) => Promise<DestroyState>;
}

const IDLE: DestroyState = { status: 'idle' };

/** A secret that was sent: what became of it, and the one thing that can still be done. */
export function SentRow({ secret, destroySent }: SentRowProps) {
  const words = dashboard.secret;
  const [posted, formAction] = useActionState(destroySent, IDLE);
  const [scripted, setScripted] = useState<DestroyState | null>(null);
  const { run, step, trouble } = useWork<'destroying'>();
  const line = useRef<HTMLParagraphElement>(null);
  const state = scripted ?? posted;
  const ending = state.status === 'ended' ? state.ending : secret.ending;
  const name = secret.recipient || secret.note;
  const isTooLate = scripted?.status === 'ended' && endingKey(scripted.ending) !== 'sender';

  useEffect(() => {
    // The button that was pressed is gone: what came of it takes its focus, and is read.
    if (scripted?.status === 'ended') line.current?.focus();
  }, [scripted]);

  const destroy = (form: FormData) =>
    void run('destroying', async () => {
      setScripted(await askAgain('destroySent', () => destroySent(IDLE, form)));
    });
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
        <Problem text={trouble === null ? problemOf(state) : troubles[trouble]} />
        {isTooLate && <Notice tone="warning">{dashboard.destroy.tooLate}</Notice>}
      </div>
      {ending === null && (
        <DestroySent
          statusToken={secret.statusToken}
          label={name}
          isPending={step !== null}
          wasAsked={isAsking(state)}
          formAction={formAction}
          onSubmit={destroy}
        />
      )}
    </article>
  );
}

function State({ ending, isKeptClosed }: Pick<SentSecret, 'ending' | 'isKeptClosed'>) {
  const { states } = dashboard.secret;
  if (ending === null) return isKeptClosed ? states.keptClosed : states.waiting;
  return <WithTime sentence={states[endingKey(ending)]} at={ending.at} />;
}

function isAsking(state: DestroyState): boolean {
  return state.status === 'refused' && state.refusal === 'destroy_unconfirmed';
}

function problemOf(state: DestroyState): string | null {
  if (isAsking(state)) return null;
  if (state.status === 'unknown') return refusals.not_allowed;
  return state.status === 'refused' ? refusals[state.refusal] : null;
}

function Problem({ text }: { readonly text: string | null }) {
  return (
    text !== null && (
      <Notice tone="danger">
        <p>{text}</p>
      </Notice>
    )
  );
}
