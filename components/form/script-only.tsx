import type { ReactNode } from 'react';
import { useHydrated } from '@/components/secret/use-hydrated';

export interface ScriptOnlyProps {
  /** What stands there where no script runs. It is printed once and never comes alive. */
  readonly otherwise: ReactNode;
  readonly children: ReactNode;
}

/**
 * Shows `children` to a browser that runs scripts and `otherwise` to one that
 * does not, already in what the server prints.
 *
 * With scripting on, a browser takes what is in `<noscript>` for mere text, so
 * `children` is all there is. With scripting off it parses it, and an inert
 * `<script>`, which even a text browser passes over, spans `children`: they
 * make no controls, take no ids and can't be sent.
 */
export function ScriptOnly({ otherwise, children }: ScriptOnlyProps) {
  const isHydrated = useHydrated();
  return (
    <>
      {!isHydrated && <noscript>{otherwise}</noscript>}
      {!isHydrated && <noscript dangerouslySetInnerHTML={OPEN} />}
      {children}
      {!isHydrated && <noscript dangerouslySetInnerHTML={CLOSE} />}
    </>
  );
}

const OPEN = { __html: '<script type="text/plain">' };
const CLOSE = { __html: '</script>' };
