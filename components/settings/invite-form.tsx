'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { MadeLink } from '@/components/settings/made-link';
import { textOf } from '@/components/account/password-work';
import { useFormWork, type FormOutcome } from '@/components/account/use-form-work';
import { prove, proofFields, ProofFields } from '@/components/settings/proof';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import type { LinkResult, Refused, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { account } from '@/messages/en/account';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

type Made = Extract<LinkResult, { status: 'made' }>;

const ROLES = (['MEMBER', 'OWNER'] as const).map((role) => ({
  value: role,
  label: settings.roles[role].label,
}));

export interface InviteFormProps {
  /** Whether whoever invites has a second factor. */
  readonly asksCode: boolean;
  readonly hasMail: boolean;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly inviteMember: (form: FormData) => Promise<LinkResult>;
}

/** Invites somebody; the link is shown whether mail went out or not. */
export function InviteForm({ asksCode, hasMail, readOwnVault, inviteMember }: InviteFormProps) {
  const router = useRouter();
  const [made, setMade] = useState<Made | null>(null);
  const [isOwner, setOwner] = useState(false);
  const work = useFormWork('invite', ['email', ...proofFields(asksCode)], {
    label: isOwner ? settings.checking : settings.working,
    longLabel: account.stretchingLong,
  });
  const words = settings.link;

  async function invite(given: FormData, signal: AbortSignal): Promise<FormOutcome> {
    setMade(null);
    const form = isOwner ? await proofOf(given, signal) : new FormData();
    if (!(form instanceof FormData)) return form;
    form.set('email', textOf(given, 'email'));
    form.set('role', isOwner ? 'OWNER' : 'MEMBER');
    const result = await askServer('inviteMember', () => inviteMember(form));
    if (result.status === 'refused') return result;
    setMade(result);
    setOwner(false);
    router.refresh();
    return null;
  }

  async function proofOf(given: FormData, signal: AbortSignal): Promise<FormData | Refused> {
    const proved = await prove(readOwnVault, given, asksCode, signal);
    return 'refused' in proved ? proved.refused : proved.form;
  }

  return (
    <div className="grid gap-6">
      <AccountForm
        {...work.shown}
        submit={settings.invitations.submit}
        onSubmit={(form) => work.submit((signal) => invite(form, signal))}
      >
        <TextField
          id={work.idOf('email')}
          name="email"
          type="email"
          autoComplete="off"
          label={account.fields.email.label}
          error={work.errorOf('email')}
        />
        <Select
          id={work.idOf('role')}
          name="role"
          label={settings.invitations.role}
          hint={settings.roles.OWNER.hint}
          options={ROLES}
          value={isOwner ? 'OWNER' : 'MEMBER'}
          onChange={(event) => setOwner(event.currentTarget.value === 'OWNER')}
        />
        {isOwner && (
          <>
            <p className="text-muted">
              {settings.invitations.ownerLead}{' '}
              {hasMail ? settings.invitations.ownersTold : settings.invitations.ownersNotTold}
            </p>
            <ProofFields work={work} asksCode={asksCode} />
          </>
        )}
      </AccountForm>
      {made !== null && (
        <MadeLink
          id="invitation-link"
          label={words.invitation}
          lead={fill(made.isMailed ? words.mailed : words.notMailed, { email: made.email })}
          link={made.link}
          isOnlyHere={!made.isMailed}
        />
      )}
    </div>
  );
}
