import type { ReactNode } from 'react';
import { ScriptOnly } from '@/components/form/script-only';

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
