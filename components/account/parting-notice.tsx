'use client';

import { useEffect, useState } from 'react';
import { LiveRegion } from '@/components/ui/live-region';
import { Notice } from '@/components/ui/notice';
import { takeWord, type PartingWord } from '@/lib/browser/parting-word';
import { account } from '@/messages/en/account';

/** Says what was done on the page before, to whoever did it. */
export function PartingNotice() {
  const [word, setWord] = useState<PartingWord | null>(null);
  useEffect(() => {
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
