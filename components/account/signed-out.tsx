'use client';

import { useEffect, useState } from 'react';
import { Notice, LiveRegion } from '@/components/ui/notice';
import { takeWord, type PartingWord } from '@/lib/browser/leave-page';
import { forgetStaff } from '@/lib/browser/staff-hint';
import { lockWhereStaffWas } from '@/lib/browser/vault/lock-where-staff-was';
import { account } from '@/messages/en/account';

/**
 * For a page that found no session: it ended, perhaps elsewhere, and the vault goes with it. Says what
 * was done on the page before, where its person ended the session there.
 */
export function SignedOut() {
  const [word, setWord] = useState<PartingWord | null>(null);
  useEffect(() => {
    lockWhereStaffWas().then(forgetStaff, () => undefined);
    // Only once the region has stood there empty is it read.
    const filling = setTimeout(() => setWord(takeWord()));
    return () => clearTimeout(filling);
  }, []);
  return (
    <LiveRegion className="empty:hidden">
      {word !== null && (
        <Notice>
          <p>{account.parting[word]}</p>
        </Notice>
      )}
    </LiveRegion>
  );
}
