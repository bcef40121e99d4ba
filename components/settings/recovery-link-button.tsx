'use client';

import { useState } from 'react';
import { useWork } from '@/components/secret/use-work';
import { MadeLink } from '@/components/settings/made-link';
import { Button } from '@/components/ui/button';
import { LiveRegion } from '@/components/ui/live-region';
import type { LinkResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { refusals, troubles } from '@/messages/en/errors';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface RecoveryLinkButtonProps {
  readonly accountId: string;
  readonly makeRecoveryLink: (form: FormData) => Promise<LinkResult>;
}

/** Makes a link to a new password for somebody, to hand over. */
export function RecoveryLinkButton({ accountId, makeRecoveryLink }: RecoveryLinkButtonProps) {
  const { run, step, trouble } = useWork<'making'>();
  const [result, setResult] = useState<LinkResult | null>(null);

  const make = () =>
    run('making', async () => {
      const form = new FormData();
      form.set('accountId', accountId);
      setResult(await askServer(() => makeRecoveryLink(form)));
    });

  const refusal = result?.status === 'refused' ? refusals[result.refusal] : '';
  return (
    <div className="grid gap-4">
      <div>
        <Button
          pending={step !== null}
          pendingText={settings.members.working}
          onClick={() => void make()}
        >
          {settings.members.recoveryLink}
        </Button>
      </div>
      <LiveRegion politeness="assertive" className="text-danger empty:hidden">
        {trouble === null ? refusal : troubles[trouble]}
      </LiveRegion>
      {result?.status === 'made' && (
        <MadeLink
          id={`recovery-link-${accountId}`}
          label={settings.link.recovery}
          lead={fill(settings.link.handOver, { email: result.email })}
          link={result.link}
          isOnlyHere
        />
      )}
    </div>
  );
}
