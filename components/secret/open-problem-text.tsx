'use client';

import type { OpenProblem } from '@/components/secret/open-problem';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';
import { open } from '@/messages/en/open';

export interface OpenProblemTextProps {
  readonly problem: OpenProblem;
  /** Left out inside the form, where trying again is sending it again. */
  readonly onRetry?: () => void;
}

/** A problem of the page as a whole, with the button that helps. A field says its own. */
export function OpenProblemText({ problem, onRetry }: OpenProblemTextProps) {
  const isHydrated = useHydrated();
  const { retry, reload } = open.waiting;
  const press = onRetry ? { onClick: onRetry } : { type: 'submit' as const, ...OPENS };
  return (
    <div className="grid justify-items-start gap-3">
      <p>{problem.text}</p>
      {problem.remedy === 'retry' && isHydrated && <Button {...press}>{retry}</Button>}
      {problem.remedy === 'reload' && isHydrated && (
        <Button onClick={() => location.reload()}>{reload}</Button>
      )}
    </div>
  );
}

const OPENS = { name: 'intent', value: 'open' };
