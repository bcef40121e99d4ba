import { ThemeSwitch } from '@/components/site/theme-switch';
import { brand } from '@/lib/brand';
import { common } from '@/messages/en/common';
import { fill } from '@/messages/fill';

/** One sentence that is true on every page, and the colours, out of the way of everything else. */
export function SiteFooter() {
  return (
    <footer className="site-footer">
      <div className="lane">
        <div className="site-footer-rule site-footer-row">
          <p>{fill(common.footer.promise, { brand: brand.name })}</p>
          <ThemeSwitch words={common.theme} />
        </div>
      </div>
    </footer>
  );
}
