import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ReadVault } from '@/components/account/use-vault';
import type { CreateActions } from '@/components/request/request-actions';
import { useWork } from '@/components/secret/use-work';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import type { ChosenColleague } from '@/lib/browser/requests/make-request';
import type { CreateErrors, CreateResult } from '@/lib/requests/outcomes';

export interface NewRequestValues {
  readonly question: string;
  /** Their definitions, as JSON. */
  readonly fields: string;
  readonly expiresIn: string;
  readonly repliesAllowed: string;
  /** Of replies, by mail: who asks. */
  readonly isTold: boolean;
  readonly colleagues: readonly ChosenColleague[];
}

export type Created = Extract<CreateResult, { status: 'created' }> & {
  readonly question: string;
};

const loadMaking = () => loadPart(() => import('@/lib/browser/requests/make-request'));

/** Making a request: keys here, the rest on the server, the whole link here again. */
export function useNewRequest(accountId: string, { createRequest }: CreateActions) {
  const [errors, setErrors] = useState<CreateErrors>({});
  const [created, setCreated] = useState<Created | null>(null);
  const { run, step, trouble } = useWork<'making' | 'sending'>();
  const router = useRouter();

  const create = (read: ReadVault, values: NewRequestValues) =>
    run('making', async (next) => {
      setErrors({});
      const vault = await read();
      // The gate has shut, and keeps what was typed.
      if (vault === null) return;
      const { makeRequest, formatRequestLink } = await loadMaking();
      const maker = { accountId, vault, isTold: values.isTold };
      const made = await makeRequest(maker, values.colleagues, values);
      next('sending');
      const form = toForm(values);
      form.set('request', made.request);
      form.set('publicKey', made.publicKey);
      form.set('readers', made.readers);
      const result = await askServer('createRequest', () => createRequest(form));
      if (result.status === 'refused') {
        setErrors(result.errors);
        // What was typed stays, and the page learns whose vaults are whose now.
        if (result.errors.form === 'vault_replaced') router.refresh();
        return;
      }
      const link = formatRequestLink(result.link, made.fingerprint);
      setCreated({ ...result, link, question: values.question.trim() });
    });

  return { errors, setErrors, created, create, step, trouble, startAnew: () => setCreated(null) };
}

function toForm(values: NewRequestValues): FormData {
  const form = new FormData();
  form.set('question', values.question);
  form.set('fields', values.fields);
  form.set('expiresIn', values.expiresIn);
  form.set('repliesAllowed', values.repliesAllowed);
  return form;
}
