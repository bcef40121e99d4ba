'use client';

import '@/app/globals.css';
import { ErrorNotice, type ErrorNoticeProps } from '@/components/site/calm-page';
import { brand } from '@/lib/brand';
import { common } from '@/messages/en/common';

/** Stands in for the whole page, the root layout included, when that itself fails. */
export default function GlobalError({ error }: Pick<ErrorNoticeProps, 'error'>) {
  const { code, direction } = common.language;
  return (
    <html lang={code} dir={direction} suppressHydrationWarning>
      <head>
        <title>{`${common.error.title} – ${brand.name}`}</title>
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <script src="/theme.js" />
      </head>
      <body>
        <main id="content" className="lane site-main" tabIndex={-1}>
          {/* What failed stood above every page: only a whole new load can bring it back. */}
          <ErrorNotice error={error} onRetry={() => location.reload()} />
        </main>
      </body>
    </html>
  );
}
