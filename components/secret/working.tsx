'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { LiveRegion } from '@/components/ui/live-region';
import { ProgressBar } from '@/components/ui/progress-bar';

/** After this the words admit that it takes long. Milliseconds. */
const LONG_MS = 6000;

export interface WorkingProps {
  readonly label: string;
  /** What it says once it takes long; the same label if left out. */
  readonly longLabel?: string | undefined;
  readonly cancel?: { readonly label: string; readonly onCancel: () => void } | undefined;
}

/**
 * Work under way. Argon2 tells nobody how far it is, so the bar claims no
 * share; it says what is being done, and says so aloud.
 */
export function Working({ label, longLabel = label, cancel }: WorkingProps) {
  const [isLong, setLong] = useState(false);
  const [announced, setAnnounced] = useState('');
  const said = isLong ? longLabel : label;

  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    // A live region born full is not read: it is filled one turn later.
    const timer = setTimeout(() => setAnnounced(said), 0);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <div className="flex flex-wrap items-center gap-4">
      <ProgressBar label={said} className="flex-1 basis-56" />
      {cancel !== undefined && <Button onClick={cancel.onCancel}>{cancel.label}</Button>}
      <LiveRegion hidden>{announced}</LiveRegion>
    </div>
  );
}
