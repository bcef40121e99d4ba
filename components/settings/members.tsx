'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Ask, FormOutcome } from '@/components/account/account-form';
import { MemberLosses, setLosses } from '@/components/account/losses';
import { personLabel, toldApart } from '@/components/request/person-label';
import { NewLink } from '@/components/secret/made-link';
import { ProvedAct } from '@/components/settings/proof';
import { Disclosure } from '@/components/ui/surface';
import { LinkButton } from '@/components/ui/button';
import { LiveRegion } from '@/components/ui/notice';
import type { DoneResult, LinkResult, VaultResult } from '@/lib/accounts/outcomes';
import type { MemberView } from '@/lib/accounts/views';
import { askServer } from '@/lib/browser/ask-server';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface MemberActions {
  readonly readOwnVault: Ask<VaultResult>;
  readonly changeRole: Ask<DoneResult>;
  readonly removeMember: Ask<DoneResult>;
  readonly makeRecoveryLink: Ask<LinkResult>;
  readonly resetSecondFactor: Ask<DoneResult>;
  readonly askToHandOver: Ask<DoneResult>;
}

export interface MemberListProps {
  readonly members: readonly MemberView[];
  /** The owner who looks at the list. */
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

interface ManageMemberProps extends Pick<MemberListProps, 'hasMail' | 'actions'> {
  readonly member: MemberView;
  /** The member's name, with the address where another one has that name. */
  readonly name: string;
  /** The owner who looks is this one. */
  readonly isSelf: boolean;
  /** The site has to have an owner. */
  readonly isLastOwner: boolean;
  /** Whether the owner who looks has a second factor. */
  readonly asksCode: boolean;
  /** The account is gone. */
  readonly onRemoved: () => void;
}

type Made = Extract<LinkResult, { status: 'made' }>;

/** What an owner can do to an account: for each of it they prove who they are. */
function ManageMember(props: ManageMemberProps) {
  const { member, isSelf, isLastOwner, hasMail, asksCode, actions, onRemoved } = props;
  const { accountId, role, email } = member;
  // By the address as well: what is done here should not hit another one of that name.
  const values = {
    name: personLabel(member),
    told: hasMail ? words.told.byMail : words.told.byNobody,
  };
  const router = useRouter();
  const [made, setMade] = useState<Made | null>(null);
  const isOwner = role === 'OWNER';
  const idOf = (act: string) => `${act}-${accountId}`;
  const proved = (act: string, question: string, confirm: string, keep = words.keep) => ({
    name: idOf(act),
    words: { question: fill(question, values), confirm, keep },
    asksCode,
    readOwnVault: actions.readOwnVault,
  });

  async function act(
    form: FormData,
    name: 'changeRole' | 'removeMember' | 'resetSecondFactor',
  ): Promise<DoneResult> {
    form.set('accountId', accountId);
    const result = await askServer(name, () => actions[name](form));
    const isDone = result.status === 'done';
    // What stands on the page is not so any more.
    if (isDone || result.refusal === 'losses_changed') router.refresh();
    return result;
  }

  async function makeLink(form: FormData): Promise<FormOutcome> {
    setMade(null);
    form.set('accountId', accountId);
    const result = await askServer('makeRecoveryLink', () => actions.makeRecoveryLink(form));
    if (result.status === 'refused') return result;
    setMade(result);
    return { status: 'done' };
  }

  const makeMemberLead = isSelf ? words.makeSelfMemberLead : words.makeMemberLead;
  return (
    <div className="grid gap-5">
      {isLastOwner ? (
        <p className="text-muted">{words.lastOwner}</p>
      ) : (
        <ProvedAct
          {...(isOwner
            ? proved('role', makeMemberLead, words.makeMemberConfirm)
            : proved('role', words.makeOwnerLead, words.makeOwnerConfirm))}
          label={isOwner ? words.makeMember : words.makeOwner}
          onProved={(form) => {
            form.set('role', isOwner ? 'MEMBER' : 'OWNER');
            return act(form, 'changeRole');
          }}
        />
      )}
      {!isSelf && (
        <div className="grid gap-3">
          <p className="text-muted">{words.recoveryLead}</p>
          <ProvedAct
            {...proved('recovery', words.recoveryQuestion, words.recoveryConfirm)}
            label={words.recoveryLink}
            onProved={makeLink}
          />
          {made !== null && (
            <NewLink
              id={idOf('recovery-link')}
              label={settings.link.recovery}
              lead={fill(settings.link.handOver, { email })}
              link={made.link}
              copy={settings.link.copy}
              hint={settings.link.once}
              isOnlyHere
            />
          )}
        </div>
      )}
      {!isSelf && member.hasSecondFactor && (
        <div className="grid gap-3">
          <p className="text-muted">{words.resetLead}</p>
          <ProvedAct
            {...proved('reset', words.resetQuestion, words.resetConfirm)}
            label={words.reset}
            onProved={(form) => act(form, 'resetSecondFactor')}
          />
        </div>
      )}
      {isSelf && !isLastOwner && (
        // There one sees what goes with it.
        <div>
          <LinkButton href="/settings/delete">{settings.deleteAccount.open}</LinkButton>
        </div>
      )}
      {!isSelf && (
        <ProvedAct
          {...proved('remove', words.removeLead, words.removeConfirm, words.removeKeep)}
          variant="danger"
          label={fill(words.remove, { name: props.name })}
          onProved={async (form) => {
            setLosses(form, member.losses.alone);
            const result = await act(form, 'removeMember');
            if (result.status === 'done') onRemoved();
            return result;
          }}
        >
          <MemberLosses member={member} hasMail={hasMail} askToHandOver={actions.askToHandOver} />
        </ProvedAct>
      )}
    </div>
  );
}
