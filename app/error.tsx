'use client';

import { ErrorNotice } from '@/components/site/error-notice';

/** What an unexpected failure shows in place of a page. The error itself stays in the server's log. */
export default function PageError({ retry }: { readonly retry: () => void }) {
  return <ErrorNotice onRetry={retry} />;
}
