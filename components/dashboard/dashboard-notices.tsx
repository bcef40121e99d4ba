/** What comes before the list, since its reader should know of it first: for owners, but for the first. */
import { ActButton } from '@/components/account/act-button';
import { LinkButton } from '@/components/ui/button';
import { MarkedText } from '@/components/ui/prose';
import { Notice } from '@/components/ui/notice';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { DoneResult } from '@/lib/accounts/outcomes';
import type { RestoredAccounts } from '@/lib/accounts/views';
import { dashboard } from '@/messages/en/dashboard';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

type Acknowledge = (form: FormData) => Promise<DoneResult>;

export interface DashboardNoticesProps {
  /** By another person, and not yet seen by the member. */
  readonly wasSecondFactorReset: boolean;
  /** Second factors that can't be checked, since the accounts key was lost. */
  readonly unreadable: number;
  /** Null where accounts are not those of an older copy, or were checked since. */
  readonly restored: RestoredAccounts | null;
  /** Secrets and replies that are kept closed, since the database was restored. */
  readonly keptClosedCount: number;
  readonly acknowledgeReset: Acknowledge;
  readonly confirmMembersChecked: Acknowledge;
}

export function DashboardNotices(props: DashboardNoticesProps) {
  const { wasSecondFactorReset, unreadable, restored, keptClosedCount } = props;
  const { secondFactorReset, accountsKeyLost, restored: keptClosed } = dashboard;
  return (
    <>
      {wasSecondFactorReset && (
        <Notice tone="warning" heading={secondFactorReset.heading}>
          <p>{secondFactorReset.text}</p>
          <div className="actions">
            <LinkButton href="/settings/security/second-factor">
              {secondFactorReset.setUp}
            </LinkButton>
            <Seen
              act="acknowledgeReset"
              action={props.acknowledgeReset}
              words={secondFactorReset}
            />
          </div>
        </Notice>
      )}
      {unreadable > 0 && (
        <Notice tone="warning" heading={accountsKeyLost.heading}>
          <p>{fill(accountsKeyLost.who, { count: unreadable })}</p>
          <p>
            <MarkedText text={accountsKeyLost.what} />
          </p>
        </Notice>
      )}
      {restored !== null && (
        <RestoredAccountsNotice restored={restored} action={props.confirmMembersChecked} />
      )}
      {keptClosedCount > 0 && (
        <Notice tone="warning" heading={keptClosed.heading}>
          <p>{fill(keptClosed.waiting, { count: String(keptClosedCount) })}</p>
          <p>{keptClosed.why}</p>
          <p>
            <MarkedText text={keptClosed.decide} />
          </p>
        </Notice>
      )}
    </>
  );
}

interface RestoredAccountsNoticeProps {
  readonly restored: RestoredAccounts;
  readonly action: Acknowledge;
}

/** That accounts are those of an older copy, from when, and what to look at. */
function RestoredAccountsNotice({ restored, action }: RestoredAccountsNoticeProps) {
  const words = dashboard.wentBack;
  return (
    <Notice tone="warning" heading={words.heading}>
      <p>
        {words.when} <TimeStamp at={restored.noticedAt} />.
        {restored.copyOf !== null && (
          <>
            {' '}
            {words.copy} <TimeStamp at={restored.copyOf} />.
          </>
        )}
      </p>
      <p>{words.ended}</p>
      <p>{words.check}</p>
      <div className="actions">
        <LinkButton href="/settings/members">{settings.navigation.members}</LinkButton>
        <Seen act="confirmMembersChecked" action={action} words={words} />
      </div>
    </Notice>
  );
}

interface SeenProps {
  readonly act: 'acknowledgeReset' | 'confirmMembersChecked';
  readonly action: Acknowledge;
  readonly words: { readonly seen: string; readonly saving: string };
}

/** Takes a notice away for good. */
function Seen({ act, action, words }: SeenProps) {
  return (
    <ActButton
      act={act}
      action={action}
      fields={{}}
      label={words.seen}
      pendingText={words.saving}
    />
  );
}
