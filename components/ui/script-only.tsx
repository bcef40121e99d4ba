'use client';

import { useSyncExternalStore, type ReactNode } from 'react';

const neverChanges = () => () => undefined;

/** False in what the server prints and until the script has taken over, then true. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}

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

export interface LateWordsProps {
  /** Why nothing happens yet, and what helps. */
  readonly children: string;
}

/** Seen once it has stood there for some seconds, by style alone: for what waits for a script. */
export function LateWords({ children }: LateWordsProps) {
  return <p className="form-late">{children}</p>;
}

export interface AwaitedScriptProps extends LateWordsProps {
  /** What stands there where no script runs. */
  readonly otherwise: ReactNode;
}

/** The whole place of something that only a script can show: in words, whatever keeps it away. */
export function AwaitedScript({ otherwise, children }: AwaitedScriptProps) {
  return (
    <ScriptOnly otherwise={otherwise}>
      <LateWords>{children}</LateWords>
    </ScriptOnly>
  );
}
