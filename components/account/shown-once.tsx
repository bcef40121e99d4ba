'use client';

import { useCallback, useRef, useState, type ReactNode } from 'react';
import {
  AccountForm,
  useFormWork,
  type FormOutcome,
  type FormWork,
} from '@/components/account/account-form';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { useLeaveGuard } from '@/components/form/use-work';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/surface';
import { CopyButton } from '@/components/ui/copy-button';
import { ShownValue } from '@/components/ui/shown-value';
import { downloadText } from '@/lib/browser/download-text';
import { brand } from '@/lib/brand';
import { account } from '@/messages/en/account';
import { common } from '@/messages/en/common';
import { fill } from '@/messages/fill';

/** What puts it in force, once it is said to be kept. */
export interface Saving {
  /** What holds until then, where that is not plain. Not said any more once an answer was lost. */
  readonly untilThen?: string;
  /** What is being done while `onSaved` is. */
  readonly step: string;
  readonly onSaved: (given: FormData) => Promise<FormOutcome>;
  /** What `onSaved` takes besides; an error of the fields `code` and `lossConfirmed` is shown there. */
  readonly children?: (work: FormWork) => ReactNode;
}

export interface ShownOnceProps extends Saving {
  /** Of the form: ids of its controls begin with it. */
  readonly name: string;
  /** The element with the id `shownId` in which it is shown. */
  readonly shown: ReactNode;
  readonly shownId: string;
  /** What is copied. */
  readonly text: string;
  /** What is downloaded. */
  readonly fileText: string;
  /** Advice on where to keep it. */
  readonly keep?: string;
  readonly words: {
    readonly region: string;
    readonly copy: string;
    readonly download: string;
    readonly fileName: string;
    readonly saved: string;
  };
}

/**
 * What is shown once, and in force once it is said to be kept: it is asked before the page is left,
 * and where what puts it in force is refused, or throws, it stays on the screen.
 */
export function ShownOnce(props: ShownOnceProps) {
  const { name, shown, shownId, text, fileText, keep, words, untilThen, step } = props;
  const isSaved = useRef(false);
  /** It was tried, and no answer came: what holds until then can't be said any more. */
  const [mayBeDone, setMayBeDone] = useState(false);
  const work = useFormWork(name, ['code', 'lossConfirmed'], { label: step });
  useLeaveGuard(useCallback(() => !isSaved.current, []));

  async function save(given: FormData): Promise<FormOutcome> {
    // What it leads to may leave the page, without a question then.
    isSaved.current = true;
    try {
      const outcome = await props.onSaved(given);
      isSaved.current = 'status' in outcome && outcome.status === 'done';
      return outcome;
    } catch (error) {
      isSaved.current = false;
      setMayBeDone(true);
      throw error;
    }
  }

  return (
    <>
      <Card as="section" aria-label={words.region} className="grid gap-4">
        {shown}
        <div className="actions">
          <CopyButton text={text} sourceId={shownId} words={common.copying}>
            {words.copy}
          </CopyButton>
          <Button onClick={() => downloadText(fileText, words.fileName)}>{words.download}</Button>
        </div>
      </Card>
      <AccountForm work={work} submit={words.saved} onSubmit={save}>
        {keep !== undefined && <p>{keep}</p>}
        {untilThen !== undefined && !mayBeDone && <p>{untilThen}</p>}
        {props.children?.(work)}
      </AccountForm>
    </>
  );
}

export interface RecoveryCodeProps extends Saving {
  readonly code: string;
  /** The account's address, for the file that may be kept. */
  readonly email: string;
}

const CODE_ID = 'recovery-code';

/** The recovery code of a vault, in the place of the form that made it. */
export function RecoveryCode({ code, email, ...saving }: RecoveryCodeProps) {
  const words = account.recoveryCode;
  return (
    <div className="grid gap-6">
      <ArrivingHeading arrives lead={words.lead}>
        {words.heading}
      </ArrivingHeading>
      <ShownOnce
        {...saving}
        name="recovery-code"
        shownId={CODE_ID}
        shown={
          <ShownValue as="p" id={CODE_ID} className="font-mono text-lg break-words">
            {code}
          </ShownValue>
        }
        text={code}
        fileText={fill(words.fileText, { brand: brand.name, email, code })}
        keep={words.keep}
        words={words}
      />
    </div>
  );
}
