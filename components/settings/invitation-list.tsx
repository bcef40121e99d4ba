import { ActButton } from '@/components/settings/act-button';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { DoneResult } from '@/lib/accounts/outcomes';
import type { InvitationView } from '@/lib/accounts/views';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface InvitationListProps {
  readonly invitations: readonly InvitationView[];
  readonly revokeInvitation: (form: FormData) => Promise<DoneResult>;
}

/** Invitations that nobody has accepted yet. */
export function InvitationList({ invitations, revokeInvitation }: InvitationListProps) {
  const words = settings.invitations;
  if (invitations.length === 0) return <p className="text-muted">{words.none}</p>;
  return (
    <ul className="border-t border-line">
      {invitations.map(({ id, email, role, expiresAt }) => (
        <li
          key={id}
          className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3"
        >
          <div className="min-w-0">
            <p className="wrap-anywhere">{email}</p>
            <p className="text-muted text-sm">
              {settings.roles[role].label}. {words.until} <TimeStamp at={expiresAt} />
            </p>
          </div>
          <ActButton
            act="revokeInvitation"
            action={revokeInvitation}
            fields={{ invitationId: id }}
            label={words.revoke}
            ariaLabel={fill(words.revokeOf, { email })}
            pendingText={words.revoking}
          />
        </li>
      ))}
    </ul>
  );
}
