import { ActButton } from '@/components/settings/act-button';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { TimeStamp } from '@/components/ui/time-stamp';
import type { DoneResult } from '@/lib/accounts/outcomes';
import type { RestoredAccounts } from '@/lib/accounts/views';
import { dashboard } from '@/messages/en/dashboard';
import { settings } from '@/messages/en/settings';

export interface RestoredAccountsNoticeProps {
  readonly restored: RestoredAccounts;
  readonly confirmMembersChecked: (form: FormData) => Promise<DoneResult>;
}

/** For owners: that accounts are those of an older copy, from when, and what to look at. */
export function RestoredAccountsNotice(props: RestoredAccountsNoticeProps) {
  const { restored, confirmMembersChecked } = props;
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
        <ActButton
          act="confirmMembersChecked"
          action={confirmMembersChecked}
          fields={{}}
          label={words.seen}
          pendingText={words.saving}
        />
      </div>
    </Notice>
  );
}
