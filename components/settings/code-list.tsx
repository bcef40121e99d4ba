'use client';

import { AccountForm } from '@/components/account/account-form';
import { CodeField } from '@/components/account/code-field';
import { textOf } from '@/components/account/password-work';
import { refusedHere, type FormOutcome } from '@/components/account/use-form-work';
import { useSaving } from '@/components/account/use-saving';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { ShownValue } from '@/components/ui/shown-value';
import { downloadText } from '@/lib/browser/download-text';
import { brand } from '@/lib/brand';
import { common } from '@/messages/en/common';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface CodeListProps {
  readonly codes: readonly string[];
  /** The account's address, for the file that may be kept. */
  readonly email: string;
  readonly words: {
    /** What holds until then. Not said any more once an answer was lost. */
    readonly untilThen: string;
    readonly codeHint: string;
    readonly saved: string;
    /** What is being done while `onSaved` is. */
    readonly saving: string;
  };
  /** Once they are said to be kept, with the code that was typed. Where that is refused, or throws, they stay. */
  readonly onSaved: (code: string) => Promise<FormOutcome>;
}

const LIST_ID = 'second-factor-codes';

/** The codes that stand in for the app, shown once: in force once their owner says that they are kept. */
export function CodeList({ codes, email, words: own, onSaved }: CodeListProps) {
  const words = settings.secondFactor;
  const { work, mayBeDone, submit } = useSaving('second-factor', own.saving, (given) =>
    save(given, onSaved),
  );
  const lines = codes.join('\n');
  const text = () => fill(words.fileText, { brand: brand.name, email, codes: lines });
  return (
    <>
      <Card as="section" aria-label={words.listRegion} className="grid gap-4">
        <ul id={LIST_ID} className="grid gap-1 font-mono sm:grid-cols-2">
          {codes.map((code) => (
            <ShownValue as="li" key={code}>
              {code}
            </ShownValue>
          ))}
        </ul>
        <div className="actions">
          <CopyButton text={lines} sourceId={LIST_ID} words={common.copying}>
            {words.copyList}
          </CopyButton>
          <Button onClick={() => downloadText(text(), words.fileName)}>{words.downloadList}</Button>
        </div>
      </Card>
      <AccountForm {...work.shown} submit={own.saved} onSubmit={submit}>
        {!mayBeDone && <p>{own.untilThen}</p>}
        <CodeField
          id={work.idOf('code')}
          label={words.code}
          hint={own.codeHint}
          error={work.errorOf('code')}
        />
      </AccountForm>
    </>
  );
}

/** Asked for with the list and not before it: a code of an app is good for a minute, and keeping a list takes longer. */
async function save(
  given: FormData,
  onSaved: (code: string) => Promise<FormOutcome>,
): Promise<FormOutcome> {
  const code = textOf(given, 'code');
  if (code === '') return refusedHere('second_factor_needed', 'code');
  return onSaved(code);
}
