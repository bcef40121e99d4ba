import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import '@/app/globals.css';
import { SiteFooter, SiteHeader } from '@/components/site/frame';
import { brand } from '@/lib/brand';
import { common } from '@/messages/en/common';
import { fill } from '@/messages/fill';

/** The same for every page and every link: a preview of a link must tell nothing about it. */
export const metadata: Metadata = {
  title: { default: brand.name, template: fill(common.titleTemplate, { brand: brand.name }) },
  description: common.description,
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
  formatDetection: { telephone: false, date: false, address: false, email: false },
};

/** The paper's colour, as in components/site/tokens.css. */
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f2e9' },
    { media: '(prefers-color-scheme: dark)', color: '#1b1a18' },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  const { code, direction } = common.language;
  return (
    // theme.js sets attributes of this element before React sees it; they are not React's to correct.
    <html lang={code} dir={direction} suppressHydrationWarning>
      <head>
        <script src="/theme.js" />
      </head>
      <body>
        <a className="skip-link" href="#content">
          {common.skipToContent}
        </a>
        <SiteHeader />
        <main id="content" className="lane site-main" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter />
      </body>
    </html>
  );
}
