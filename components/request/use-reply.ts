import { useRef, useState } from 'react';
import type { FormErrors } from '@/components/form/use-shown-errors';
import { replyErrors, valueId } from '@/components/request/reply-errors';
import type { ReplyActions } from '@/components/request/reply-actions';
import { useWork } from '@/components/secret/use-work';
import { askAgain } from '@/lib/browser/ask-again';
import { createNonce } from '@/lib/browser/claim-memory';
import { loadPart } from '@/lib/browser/load-part';
import type { RequestPublicKey } from '@/lib/protocol/bytes';
import { emptyFields } from '@/lib/secrets/empty-fields';
import type { ReplyResult } from '@/lib/requests/outcomes';
import type { FieldDefinition } from '@/lib/secrets/field-rules';

export type ReplyStep = 'sealing' | 'sending';

/** What was sealed last, so that trying again sends the same and makes one reply. */
interface Attempt {
  readonly values: readonly string[];
  readonly nonce: string;
  readonly sealedReply: string;
}

type Settled = Exclude<ReplyResult, { status: 'refused' }>;

const NO_ERRORS: FormErrors = {};

const loadSealing = () => loadPart(() => import('@/lib/browser/requests/seal-reply'));

/** Sealing in this browser and sending, to a key that was checked before. */
export function useReply(
  linkToken: string,
  fields: readonly FieldDefinition[],
  { storeSealedReply }: Pick<ReplyActions, 'storeSealedReply'>,
) {
  const [result, setResult] = useState<Settled | null>(null);
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS);
  const { run, step, trouble } = useWork<ReplyStep>();
  const lastAttempt = useRef<Attempt | null>(null);

  async function send(publicKey: RequestPublicKey, values: readonly string[]): Promise<void> {
    const missing = emptyFields(fields, values).filter(({ required }) => required);
    setErrors(
      Object.fromEntries(missing.map(({ index }) => [valueId(index), 'reply_incomplete' as const])),
    );
    if (missing.length > 0) return;
    await run('sealing', async (next) => {
      const attempt = sameValues(lastAttempt.current, values) ?? (await seal(publicKey, values));
      if ('refusal' in attempt) {
        setErrors(replyErrors(attempt.refusal));
        return;
      }
      lastAttempt.current = attempt;
      next('sending');
      const form = new FormData();
      form.set('token', linkToken);
      form.set('nonce', attempt.nonce);
      form.set('sealedReply', attempt.sealedReply);
      const answer = await askAgain('storeSealedReply', () => storeSealedReply(form));
      if (answer.status === 'refused') setErrors(replyErrors(answer.refusal));
      else setResult(answer);
    });
  }

  async function seal(publicKey: RequestPublicKey, values: readonly string[]) {
    const { sealReplyInBrowser } = await loadSealing();
    const sealed = await sealReplyInBrowser({ publicKey, fields, values });
    return typeof sealed === 'string'
      ? { values, nonce: createNonce(), sealedReply: sealed }
      : sealed;
  }

  return { result, errors, step, trouble, send };
}

function sameValues(attempt: Attempt | null, values: readonly string[]): Attempt | null {
  const isSame =
    attempt?.values.length === values.length &&
    attempt.values.every((value, index) => value === values[index]);
  return isSame ? attempt : null;
}
