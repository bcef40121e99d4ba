import { Seal } from '@/components/site/seal';
import { ThemeSwitch } from '@/components/site/theme-switch';
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

/**
 * One sentence that is true on every page, the way in for staff (or back in), and the colours, out of the way of
 * everything else.
 */
export function SiteFooter() {
  return (
    <footer className="site-footer">
      <div className="lane">
        <div className="site-footer-rule site-footer-row">
          <p>{fill(common.footer.promise, { brand: brand.name })}</p>
          <a className="quiet-link site-sign-in" href="/sign-in">
            {common.footer.signIn}
          </a>
          <a className="quiet-link site-dashboard" href="/dashboard">
            {common.footer.dashboard}
          </a>
          <ThemeSwitch words={common.theme} />
        </div>
      </div>
    </footer>
  );
}
