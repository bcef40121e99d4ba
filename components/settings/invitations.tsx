'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import {
  AccountForm,
  stretching,
  textOf,
  useFormWork,
  type Ask,
  type FormTask,
} from '@/components/account/account-form';
import { ActButton, ActRow } from '@/components/account/act-button';
import { EmailField } from '@/components/account/credential-fields';
import { NewLink } from '@/components/secret/made-link';
import {
  prove,
  proofFields,
  ProofFields,
  PROVING,
  type Proving,
} from '@/components/settings/proof';
import { Select } from '@/components/ui/choice';
import type { DoneResult, LinkResult } from '@/lib/accounts/outcomes';
import type { InvitationView } from '@/lib/accounts/views';
import { askServer } from '@/lib/browser/ask-server';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

type Made = Extract<LinkResult, { status: 'made' }>;

const ROLES = (['MEMBER', 'OWNER'] as const).map((role) => ({
  value: role,
  label: settings.roles[role].label,
}));

export interface InviteFormProps extends Proving {
  readonly hasMail: boolean;
  readonly inviteMember: Ask<LinkResult>;
}

/** Invites a colleague; the link is shown whether mail went out or not. An owner is made with proof only. */
export function InviteForm({ hasMail, inviteMember, ...proving }: InviteFormProps) {
  const { asksCode } = proving;
  const words = settings.invitations;
  const router = useRouter();
  const [made, setMade] = useState<Made | null>(null);
  const [isOwner, setOwner] = useState(false);
  const work = useFormWork(
    'invite',
    ['email', ...proofFields(asksCode)],
    isOwner ? PROVING : stretching(settings.working),
  );

  const invite: FormTask = async (given, signal) => {
    setMade(null);
    const proof = isOwner ? await prove(proving, given, signal) : { form: new FormData() };
    if ('refusal' in proof) return proof;
    const { form } = proof;
    form.set('email', textOf(given, 'email'));
    form.set('role', isOwner ? 'OWNER' : 'MEMBER');
    const result = await askServer('inviteMember', () => inviteMember(form));
    if (result.status === 'refused') return result;
    setMade(result);
    setOwner(false);
    router.refresh();
    return { status: 'done' };
  };

  return (
    <div className="grid gap-6">
      <AccountForm work={work} submit={words.submit} onSubmit={invite}>
        <EmailField {...work.field('email')} autoComplete="off" />
        <Select
          {...work.field('role')}
          label={words.role}
          hint={settings.roles.OWNER.hint}
          options={ROLES}
          value={isOwner ? 'OWNER' : 'MEMBER'}
          onChange={(event) => setOwner(event.currentTarget.value === 'OWNER')}
        />
        {isOwner && (
          <>
            <p className="text-muted">
              {words.ownerLead} {hasMail ? words.ownersTold : words.ownersNotTold}
            </p>
            <ProofFields work={work} asksCode={asksCode} />
          </>
        )}
      </AccountForm>
      {made !== null && (
        <NewLink
          id="invitation-link"
          label={settings.link.invitation}
          lead={fill(made.isMailed ? settings.link.mailed : settings.link.notMailed, {
            email: made.email,
          })}
          link={made.link}
          copy={settings.link.copy}
          hint={settings.link.once}
          isOnlyHere={!made.isMailed}
        />
      )}
    </div>
  );
}

export interface InvitationListProps {
  readonly invitations: readonly InvitationView[];
  readonly revokeInvitation: Ask<DoneResult>;
}

/** Invitations that were not accepted yet. */
export function InvitationList({ invitations, revokeInvitation }: InvitationListProps) {
  const words = settings.invitations;
  if (invitations.length === 0) return <p className="text-muted">{words.none}</p>;
  return (
    <ul className="border-t border-line">
      {invitations.map(({ id, email, role, expiresAt }) => (
        <ActRow
          key={id}
          title={email}
          detail={`${settings.roles[role].label}. ${words.until}`}
          at={expiresAt}
        >
          <ActButton
            act="revokeInvitation"
            action={revokeInvitation}
            fields={{ invitationId: id }}
            label={words.revoke}
            ariaLabel={fill(words.revokeOf, { email })}
            pendingText={words.revoking}
          />
        </ActRow>
      ))}
    </ul>
  );
}
