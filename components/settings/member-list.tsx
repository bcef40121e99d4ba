'use client';

import { useState } from 'react';
import { personLabel, toldApart } from '@/components/request/person-label';
import { ManageMember, type MemberActions } from '@/components/settings/manage-member';
import { Disclosure } from '@/components/ui/disclosure';
import { LiveRegion } from '@/components/ui/live-region';
import type { MemberView } from '@/lib/accounts/views';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface MemberListProps {
  readonly members: readonly MemberView[];
  /** Who looks at the list. */
  readonly staff: { readonly accountId: string; readonly hasSecondFactor: boolean };
  readonly hasMail: boolean;
  readonly actions: MemberActions;
}

const words = settings.members;

/** Who has an account; what can be done to each is folded away under its name. */
export function MemberList({ members, staff, hasMail, actions }: MemberListProps) {
  const [removed, setRemoved] = useState<MemberView | null>(null);
  const owners = members.filter(({ role }) => role === 'OWNER').length;
  return (
    <>
      <LiveRegion className="text-muted empty:hidden">
        {removed === null ? '' : fill(words.removed, { name: personLabel(removed) })}
      </LiveRegion>
      <ul className="border-t border-line">
        {members.map((member) => {
          const name = toldApart(member, members);
          const isSelf = member.accountId === staff.accountId;
          return (
            <li key={member.accountId} className="grid gap-2 border-b border-line py-4">
              <div>
                <p className="wrap-anywhere">
                  <bdi>{member.name}</bdi>
                  {isSelf && <span className="text-muted"> ({words.you})</span>}
                </p>
                <p className="text-muted text-sm wrap-anywhere">{member.email}</p>
                <p className="text-muted text-sm">
                  {settings.roles[member.role].label},{' '}
                  {member.hasSecondFactor ? words.secondFactorOn : words.secondFactorOff}
                </p>
              </div>
              <Disclosure summary={fill(words.manage, { name })}>
                <ManageMember
                  member={member}
                  name={name}
                  isSelf={isSelf}
                  isLastOwner={member.role === 'OWNER' && owners === 1}
                  hasMail={hasMail}
                  asksCode={staff.hasSecondFactor}
                  actions={actions}
                  onRemoved={() => setRemoved(member)}
                />
              </Disclosure>
            </li>
          );
        })}
      </ul>
    </>
  );
}
