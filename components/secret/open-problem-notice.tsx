'use client';

import type { OpenProblem } from '@/components/secret/open-problem';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { open } from '@/messages/en/open';

export interface OpenProblemNoticeProps {
  readonly problem: OpenProblem | null;
  readonly onRetry: () => void;
}

/** A problem of the form as a whole, announced, with the button that helps. A field says its own. */
export function OpenProblemNotice({ problem, onRetry }: OpenProblemNoticeProps) {
  const isHydrated = useHydrated();
  return (
    <div role="alert" className="empty:hidden">
      {problem?.field === 'form' && (
        <Notice tone="danger" className="grid justify-items-start gap-3">
          <p>{problem.text}</p>
          {problem.remedy === 'retry' && isHydrated && (
            <Button onClick={onRetry}>{open.waiting.retry}</Button>
          )}
          {problem.remedy === 'reload' && isHydrated && (
            <Button onClick={() => location.reload()}>{open.waiting.reload}</Button>
          )}
        </Notice>
      )}
    </div>
  );
}
