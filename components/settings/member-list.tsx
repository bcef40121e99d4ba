import { ActButton } from '@/components/settings/act-button';
import { RecoveryLinkButton } from '@/components/settings/recovery-link-button';
import { Disclosure } from '@/components/ui/disclosure';
import type { DoneResult, LinkResult } from '@/lib/accounts/outcomes';
import type { MemberView } from '@/lib/accounts/views';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface MemberActions {
  readonly changeRole: (form: FormData) => Promise<DoneResult>;
  readonly removeMember: (form: FormData) => Promise<DoneResult>;
  readonly makeRecoveryLink: (form: FormData) => Promise<LinkResult>;
}

export interface MemberListProps {
  readonly members: readonly MemberView[];
  /** Who looks at the list. */
  readonly ownId: string;
  readonly actions: MemberActions;
}

const words = settings.members;

/** Who has an account; what can be done to each is folded away under its name. */
export function MemberList({ members, ownId, actions }: MemberListProps) {
  const owners = members.filter(({ role }) => role === 'OWNER').length;
  return (
    <ul className="border-t border-line">
      {members.map((member) => (
        <li key={member.accountId} className="grid gap-2 border-b border-line py-4">
          <div>
            <p className="wrap-anywhere">
              {member.name}
              {member.accountId === ownId && <span className="text-muted"> ({words.you})</span>}
            </p>
            <p className="text-muted text-sm wrap-anywhere">{member.email}</p>
            <p className="text-muted text-sm">
              {settings.roles[member.role].label},{' '}
              {member.hasSecondFactor ? words.secondFactorOn : words.secondFactorOff}
            </p>
          </div>
          <Disclosure summary={fill(words.manage, { name: member.name })}>
            <Manage
              member={member}
              isLastOwner={member.role === 'OWNER' && owners === 1}
              actions={actions}
            />
          </Disclosure>
        </li>
      ))}
    </ul>
  );
}

interface ManageProps {
  readonly member: MemberView;
  /** Somebody has to own the site. */
  readonly isLastOwner: boolean;
  readonly actions: MemberActions;
}

function Manage({ member, isLastOwner, actions }: ManageProps) {
  const { accountId, name, role } = member;
  return (
    <div className="grid gap-5">
      {isLastOwner ? (
        <p className="text-muted">{words.lastOwner}</p>
      ) : (
        <ActButton
          action={actions.changeRole}
          fields={{ accountId, role: role === 'OWNER' ? 'MEMBER' : 'OWNER' }}
          label={role === 'OWNER' ? words.makeMember : words.makeOwner}
          pendingText={words.working}
        />
      )}
      <div className="grid gap-3">
        <p className="text-muted">{words.recoveryLead}</p>
        <RecoveryLinkButton accountId={accountId} makeRecoveryLink={actions.makeRecoveryLink} />
      </div>
      {!isLastOwner && (
        <ActButton
          action={actions.removeMember}
          fields={{ accountId }}
          label={fill(words.remove, { name })}
          asks={{
            question: fill(words.removeLead, { name }),
            confirm: words.removeConfirm,
            keep: words.removeKeep,
          }}
          pendingText={words.working}
        />
      )}
    </div>
  );
}
