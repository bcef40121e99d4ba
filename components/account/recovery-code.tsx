'use client';

import type { ReactNode } from 'react';
import { AccountForm } from '@/components/account/account-form';
import type { FormOutcome, FormWork } from '@/components/account/use-form-work';
import { useSaving } from '@/components/account/use-saving';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
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
  /** What `onSaved` takes besides; an error of the fields `code` and `lossConfirmed` is shown there. */
  readonly children?: (work: FormWork) => ReactNode;
}

const CODE_ID = 'recovery-code';

/** The recovery code, shown once: it stays until its owner says that it is kept. */
export function RecoveryCode(props: RecoveryCodeProps) {
  const { code, email, step, onSaved, untilThen, children } = props;
  const words = account.recoveryCode;
  const { work, mayBeDone, submit } = useSaving('recovery-code', step, onSaved);
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
      <AccountForm {...work.shown} submit={words.saved} onSubmit={submit}>
        <p>{words.keep}</p>
        {untilThen !== undefined && !mayBeDone && <p>{untilThen}</p>}
        {children?.(work)}
      </AccountForm>
    </div>
  );
}
