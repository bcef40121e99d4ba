'use client';

import { useCallback, useRef, useState, type ReactNode } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { useFormWork, type FormOutcome, type FormWork } from '@/components/account/use-form-work';
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
  /** What is being done while `onSaved` is. */
  readonly step: string;
  /** Once it is said to be kept. Where that is refused, or throws, the code stays on the screen. */
  readonly onSaved: (given: FormData) => Promise<FormOutcome>;
  /** What holds until then, where that is not plain. Not said any more once an answer was lost. */
  readonly untilThen?: string;
  /** What `onSaved` takes besides; an error of the field `code` is shown there. */
  readonly children?: (work: FormWork) => ReactNode;
}

const CODE_ID = 'recovery-code';

/** The recovery code, shown once: it stays until its owner says that it is kept. */
export function RecoveryCode(props: RecoveryCodeProps) {
  const { code, email, step, onSaved, untilThen, children } = props;
  const words = account.recoveryCode;
  const isSaved = useRef(false);
  const [mayBeDone, setMayBeDone] = useState(false);
  const work = useFormWork('recovery-code', ['code'], { label: step });
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
      <AccountForm
        {...work.shown}
        submit={words.saved}
        onSubmit={(given) =>
          work.submit(async () => {
            // What it leads to may leave the page, without a question then.
            isSaved.current = true;
            let refused: FormOutcome | 'threw' = 'threw';
            try {
              return (refused = await onSaved(given));
            } finally {
              isSaved.current = refused === null;
              if (refused === 'threw') setMayBeDone(true);
            }
          })
        }
      >
        <p>{words.keep}</p>
        {untilThen !== undefined && !mayBeDone && <p>{untilThen}</p>}
        {children?.(work)}
      </AccountForm>
    </div>
  );
}
