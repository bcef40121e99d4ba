import { Seal } from '@/components/site/seal';
import { brand } from '@/lib/brand';
import { common } from '@/messages/en/common';
import { fill } from '@/messages/fill';

/** Who the page is from, and the one page that explains the others. */
export function SiteHeader() {
  return (
    <header className="site-header">
      <div className="lane site-header-row">
        <a
          className="site-home"
          href="/"
          aria-label={fill(common.header.home, { brand: brand.name })}
        >
          <Seal />
          <span className="site-home-name">{brand.name}</span>
        </a>
        <nav className="site-navigation" aria-label={common.header.navigation}>
          <a className="quiet-link" href="/how-it-works">
            {common.header.howItWorks}
          </a>
        </nav>
      </div>
    </header>
  );
}
