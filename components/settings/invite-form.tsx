'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { MadeLink } from '@/components/settings/made-link';
import { useFormWork } from '@/components/account/use-form-work';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import type { LinkResult } from '@/lib/accounts/outcomes';
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
  readonly inviteMember: (form: FormData) => Promise<LinkResult>;
}

/** Invites somebody; the link is shown whether mail went out or not. */
export function InviteForm({ inviteMember }: InviteFormProps) {
  const router = useRouter();
  const [made, setMade] = useState<Made | null>(null);
  const work = useFormWork('invite', ['email'], { label: settings.working });
  const words = settings.link;
  return (
    <div className="grid gap-6">
      <AccountForm
        {...work.shown}
        submit={settings.invitations.submit}
        onSubmit={(form) =>
          work.submit(async () => {
            setMade(null);
            const result = await askServer(() => inviteMember(form));
            if (result.status === 'refused') return result;
            setMade(result);
            router.refresh();
            return null;
          })
        }
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
        />
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
