'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { FormOutcome } from '@/components/account/use-form-work';
import { personLabel } from '@/components/request/person-label';
import { MadeLink } from '@/components/settings/made-link';
import { MemberLosses } from '@/components/settings/member-losses';
import { ProvedAct } from '@/components/settings/proved-act';
import { setLosses } from '@/components/account/set-losses';
import { LinkButton } from '@/components/ui/link-button';
import type { DoneResult, LinkResult, VaultResult } from '@/lib/accounts/outcomes';
import type { MemberView } from '@/lib/accounts/views';
import { askServer } from '@/lib/browser/ask-server';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface MemberActions {
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly changeRole: (form: FormData) => Promise<DoneResult>;
  readonly removeMember: (form: FormData) => Promise<DoneResult>;
  readonly makeRecoveryLink: (form: FormData) => Promise<LinkResult>;
  readonly resetSecondFactor: (form: FormData) => Promise<DoneResult>;
  readonly askToHandOver: (form: FormData) => Promise<DoneResult>;
}

export interface ManageMemberProps {
  readonly member: MemberView;
  /** Their name, with the address where another one has that name. */
  readonly name: string;
  /** Whoever looks is this one. */
  readonly isSelf: boolean;
  /** Somebody has to own the site. */
  readonly isLastOwner: boolean;
  readonly hasMail: boolean;
  /** Whether whoever looks has a second factor. */
  readonly asksCode: boolean;
  readonly actions: MemberActions;
  /** The account is gone. */
  readonly onRemoved: () => void;
}

type Made = Extract<LinkResult, { status: 'made' }>;

const words = settings.members;

/** What an owner can do to an account: for each of it they prove who they are. */
export function ManageMember(props: ManageMemberProps) {
  const { member, isSelf, isLastOwner, hasMail, asksCode, actions, onRemoved } = props;
  const { accountId, role, email } = member;
  // By the address as well: what is done here should not hit another one of that name.
  const name = personLabel(member);
  const told = hasMail ? words.told.byMail : words.told.byNobody;
  const router = useRouter();
  const [made, setMade] = useState<Made | null>(null);
  const isOwner = role === 'OWNER';
  const shared = { asksCode, readOwnVault: actions.readOwnVault };
  const idOf = (act: string) => `${act}-${accountId}`;

  async function act(
    form: FormData,
    name: 'changeRole' | 'removeMember' | 'resetSecondFactor',
  ): Promise<FormOutcome> {
    form.set('accountId', accountId);
    const result = await askServer(name, () => actions[name](form));
    const isDone = result.status === 'done';
    // What stands on the page is not so any more.
    if (isDone || result.refusal === 'losses_changed') router.refresh();
    return isDone ? null : result;
  }

  async function makeLink(form: FormData): Promise<FormOutcome> {
    setMade(null);
    form.set('accountId', accountId);
    const result = await askServer('makeRecoveryLink', () => actions.makeRecoveryLink(form));
    if (result.status === 'refused') return result;
    setMade(result);
    return null;
  }

  return (
    <div className="grid gap-5">
      {isLastOwner ? (
        <p className="text-muted">{words.lastOwner}</p>
      ) : (
        <ProvedAct
          {...shared}
          name={idOf('role')}
          label={isOwner ? words.makeMember : words.makeOwner}
          words={{
            question: isSelf
              ? words.makeSelfMemberLead
              : fill(isOwner ? words.makeMemberLead : words.makeOwnerLead, { name, told }),
            confirm: isOwner ? words.makeMemberConfirm : words.makeOwnerConfirm,
            keep: words.keep,
          }}
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
            {...shared}
            name={idOf('recovery')}
            label={words.recoveryLink}
            words={{
              question: fill(words.recoveryQuestion, { name, told }),
              confirm: words.recoveryConfirm,
              keep: words.keep,
            }}
            onProved={makeLink}
          />
          {made !== null && (
            <MadeLink
              id={idOf('recovery-link')}
              label={settings.link.recovery}
              lead={fill(settings.link.handOver, { email })}
              link={made.link}
              isOnlyHere
            />
          )}
        </div>
      )}
      {!isSelf && member.hasSecondFactor && (
        <div className="grid gap-3">
          <p className="text-muted">{words.resetLead}</p>
          <ProvedAct
            {...shared}
            name={idOf('reset')}
            label={words.reset}
            words={{
              question: fill(words.resetQuestion, { name, told }),
              confirm: words.resetConfirm,
              keep: words.keep,
            }}
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
          {...shared}
          name={idOf('remove')}
          variant="danger"
          label={fill(words.remove, { name: props.name })}
          words={{
            question: fill(words.removeLead, { name, told }),
            confirm: words.removeConfirm,
            keep: words.removeKeep,
          }}
          onProved={async (form) => {
            setLosses(form, member.losses.alone);
            const outcome = await act(form, 'removeMember');
            if (outcome === null) onRemoved();
            return outcome;
          }}
        >
          <MemberLosses member={member} hasMail={hasMail} askToHandOver={actions.askToHandOver} />
        </ProvedAct>
      )}
    </div>
  );
}
