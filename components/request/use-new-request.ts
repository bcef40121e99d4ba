import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ReadVault, VaultActions } from '@/components/account/vault-gate';
import { useWork } from '@/components/form/use-work';
import { askServer, formOf } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/browser-trouble';
import type { ChosenColleague } from '@/lib/browser/requests/request-seed';
import { formatRequestLink } from '@/lib/protocol/link';
import { isRefusalCode } from '@/lib/refusal-code';
import type { CreateErrors, CreateField, CreateResult } from '@/lib/requests/outcomes';
import { newRequestFields } from '@/lib/requests/schema';

/** The server actions of the page of a new request. */
export interface CreateActions extends VaultActions {
  readonly createRequest: (form: FormData) => Promise<CreateResult>;
}

export interface NewRequestValues {
  readonly question: string;
  /** Their definitions, as JSON. */
  readonly fields: string;
  readonly expiresIn: string;
  readonly repliesAllowed: string;
  /** Of replies, by mail: the member who asks. */
  readonly isTold: boolean;
  readonly colleagues: readonly ChosenColleague[];
}

export type Created = Extract<CreateResult, { status: 'created' }> & {
  readonly question: string;
};

const loadMaking = () => loadPart(() => import('@/lib/browser/requests/request-seed'));

/** Making a request: keys here, the rest on the server, the whole link here again. */
export function useNewRequest(accountId: string, createRequest: CreateActions['createRequest']) {
  const [errors, setErrors] = useState<CreateErrors>({});
  const [created, setCreated] = useState<Created | null>(null);
  const { run, step, trouble } = useWork<'making' | 'sending'>();
  const router = useRouter();

  async function create(read: ReadVault, values: NewRequestValues): Promise<void> {
    const found = checkNewRequest(values);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    await run('making', async (next) => {
      const vault = await read();
      // The gate has shut, and keeps what was typed.
      if (vault === null) return;
      const { isTold, colleagues, ...typed } = values;
      const { makeRequest } = await loadMaking();
      const { fingerprint, ...made } = await makeRequest(
        { accountId, vault, isTold },
        colleagues,
        typed,
      );
      next('sending');
      const form = formOf({ ...typed, ...made });
      const result = await askServer('createRequest', () => createRequest(form));
      if (result.status === 'refused') {
        setErrors(result.errors);
        // What was typed stays, and the page learns whose vaults are whose now.
        if (result.errors.form === 'vault_replaced') router.refresh();
        return;
      }
      const link = formatRequestLink(result.link, fingerprint);
      setCreated({ ...result, link, question: typed.question.trim() });
    });
  }

  return { errors, created, create, step, trouble, startAnew: () => setCreated(null) };
}

const FIELDS: readonly CreateField[] = ['question', 'fields', 'expiresIn', 'repliesAllowed'];

/** The fields that the server would refuse, by its own schema; empty if none. */
function checkNewRequest(values: NewRequestValues): CreateErrors {
  const issues = newRequestFields.safeParse(values).error?.issues ?? [];
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const issue = issues.find(({ path }) => path[0] === field);
      if (issue === undefined) return [];
      return [[field, isRefusalCode(issue.message) ? issue.message : 'input_malformed']];
    }),
  );
}
