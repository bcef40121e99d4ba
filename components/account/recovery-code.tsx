'use client';

import { useCallback, useRef, useState, type ReactNode } from 'react';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { ShownValue } from '@/components/ui/shown-value';
import { downloadText } from '@/lib/browser/download-text';
import { brand } from '@/lib/brand';
import { account } from '@/messages/en/account';
import { common } from '@/messages/en/common';
import { fill } from '@/messages/fill';

export interface RecoveryCodeProps {
  readonly code: string;
  /** The account's address, for the file that may be kept. */
  readonly email: string;
  /** Where it throws, the code stays on the screen. */
  readonly onSaved: () => Promise<void> | void;
  /** What became of that, where it is to be said. */
  readonly problem?: ReactNode;
}

const CODE_ID = 'recovery-code';

/** The recovery code, shown once: it stays until its owner says that it is kept. */
export function RecoveryCode({ code, email, onSaved, problem }: RecoveryCodeProps) {
  const words = account.recoveryCode;
  const [isPressed, setPressed] = useState(false);
  const isSaved = useRef(false);
  useLeaveGuard(useCallback(() => !isSaved.current, []));
  const text = () => fill(words.fileText, { brand: brand.name, email, code });
  return (
    <div className="grid gap-6">
      <ArrivingHeading arrives lead={words.lead}>
        {words.heading}
      </ArrivingHeading>
      <Card as="section" aria-label={words.region} className="grid gap-4">
        <ShownValue as="p" id={CODE_ID} className="font-mono text-lg break-words">
          {code}
        </ShownValue>
        <div className="actions">
          <CopyButton text={code} sourceId={CODE_ID} words={common.copying}>
            {words.copy}
          </CopyButton>
          <Button onClick={() => downloadText(text(), words.fileName)}>{words.download}</Button>
        </div>
      </Card>
      <p>{words.keep}</p>
      <div role="alert" className="empty:hidden">
        {problem}
      </div>
      <div>
        <Button
          variant="primary"
          pending={isPressed}
          onClick={() => {
            isSaved.current = true;
            setPressed(true);
            void Promise.resolve(onSaved()).catch(() => {
              isSaved.current = false;
              setPressed(false);
            });
          }}
        >
          {words.saved}
        </Button>
      </div>
    </div>
  );
}
