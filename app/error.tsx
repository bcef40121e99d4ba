'use client';

import { ErrorNotice, type ErrorNoticeProps } from '@/components/site/calm-page';

interface PageErrorProps {
  readonly error: ErrorNoticeProps['error'];
  readonly retry: () => void;
}

/** What an unexpected failure shows in place of a page. The error itself stays in the server's log. */
export default function PageError({ error, retry }: PageErrorProps) {
  return <ErrorNotice error={error} onRetry={retry} />;
}
