'use client';

import { CalmMessage } from '@/components/secret/calm-message';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';

export interface UnavailableStatusProps {
  readonly problem: string | null;
  readonly words: Readonly<Record<'heading' | 'retry', string>>;
}

/** Nothing is known just now. */
export function UnavailableStatus({ problem, words }: UnavailableStatusProps) {
  const isHydrated = useHydrated();
  return (
    <CalmMessage arrives={false} heading={words.heading}>
      <p>{problem}</p>
      {isHydrated && (
        <div>
          <Button onClick={() => location.reload()}>{words.retry}</Button>
        </div>
      )}
    </CalmMessage>
  );
}
