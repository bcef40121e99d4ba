import { ActButton } from '@/components/settings/act-button';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { dashboard } from '@/messages/en/dashboard';

export interface ResetNoticeProps {
  readonly acknowledgeReset: (form: FormData) => Promise<DoneResult>;
}

/** That somebody else turned one's second factor off: from the next sign-in on, until it was seen. */
export function ResetNotice({ acknowledgeReset }: ResetNoticeProps) {
  const words = dashboard.secondFactorReset;
  return (
    <Notice tone="warning" heading={words.heading}>
      <p>{words.text}</p>
      <div className="actions">
        <LinkButton href="/settings/security/second-factor">{words.setUp}</LinkButton>
        <ActButton
          act="acknowledgeReset"
          action={acknowledgeReset}
          fields={{}}
          label={words.seen}
          pendingText={words.saving}
        />
      </div>
    </Notice>
  );
}
