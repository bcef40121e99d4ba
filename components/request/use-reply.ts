import { useEffect, useRef, useState } from 'react';
import type { FormErrors } from '@/components/form/use-shown-errors';
import { replyErrors, valueId } from '@/components/request/reply-form';
import { useWork } from '@/components/form/use-work';
import { loadPart } from '@/lib/browser/browser-trouble';
import type { KeyCheck, SealedReply } from '@/lib/browser/requests/reply';
import type { AskedFor, ReplyResult } from '@/lib/requests/outcomes';
import { emptyFields } from '@/lib/secrets/field-rules';

/** What is known of the key that the server offers; `failed`: it could not be compared. */
export type CheckedKey = KeyCheck | { readonly kind: 'checking' } | { readonly kind: 'failed' };

/** What was sealed last, so that trying again sends the same and makes one reply. */
interface Attempt {
  readonly values: readonly string[];
  readonly sealed: SealedReply;
}

const CHECKING: CheckedKey = { kind: 'checking' };
const NO_ERRORS: FormErrors = {};

const loadReplying = () => loadPart(() => import('@/lib/browser/requests/reply'));

/** Replying in this browser: nothing is sealed before the key was compared with the link. */
export function useReply(
  linkToken: string,
  asked: AskedFor,
  storeSealedReply: (form: FormData) => Promise<ReplyResult>,
) {
  const check = useKeyCheck(asked);
  const [result, setResult] = useState<Exclude<ReplyResult, { status: 'refused' }> | null>(null);
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS);
  const { run, step, trouble } = useWork<'sealing' | 'sending'>();
  const lastAttempt = useRef<Attempt | null>(null);

  async function send(values: readonly string[]): Promise<void> {
    if (check.kind !== 'matches') return;
    const missing = emptyFields(asked.fields, values).filter(({ required }) => required);
    setErrors(
      Object.fromEntries(missing.map(({ index }) => [valueId(index), 'reply_incomplete' as const])),
    );
    if (missing.length > 0) return;
    await run('sealing', async (next) => {
      const { sealReplyInBrowser, sendReply } = await loadReplying();
      const sealed =
        sealedBefore(lastAttempt.current, values) ??
        (await sealReplyInBrowser(check.publicKey, asked.fields, values));
      if ('refusal' in sealed) {
        setErrors(replyErrors(sealed.refusal));
        return;
      }
      lastAttempt.current = { values, sealed };
      next('sending');
      const answer = await sendReply(storeSealedReply, linkToken, sealed);
      if (answer.status === 'refused') setErrors(replyErrors(answer.refusal));
      else setResult(answer);
    });
  }

  return { check, result, errors, step, trouble, send };
}

function sealedBefore(attempt: Attempt | null, values: readonly string[]): SealedReply | null {
  const isSame =
    attempt?.values.length === values.length &&
    attempt.values.every((value, index) => value === values[index]);
  return isSame ? attempt.sealed : null;
}

/** Compares what is served with this page's own address, and again when another link is put there. */
function useKeyCheck(asked: AskedFor): CheckedKey {
  const [checked, setChecked] = useState<CheckedKey>(CHECKING);

  useEffect(() => {
    let isCurrent = true;
    let stop: () => void = () => undefined;
    const accept = (check: CheckedKey) => {
      if (isCurrent) setChecked(check);
    };
    void loadReplying()
      .then(({ checkRequestKey, watchRequestLink }) => {
        const check = () =>
          checkRequestKey(location, asked).then(accept, () => accept({ kind: 'failed' }));
        if (isCurrent) stop = watchRequestLink(() => void check());
        return check();
      })
      .catch(() => accept({ kind: 'failed' }));
    return () => {
      isCurrent = false;
      stop();
    };
  }, [asked]);

  return checked;
}
