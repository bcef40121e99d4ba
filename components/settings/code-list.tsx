'use client';

import { useCallback, useRef } from 'react';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
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
  readonly email: string;
  readonly onSaved: () => void;
}

const LIST_ID = 'second-factor-codes';

/** The codes that stand in for the app, shown once: they stay until their owner has kept them. */
export function CodeList({ codes, email, onSaved }: CodeListProps) {
  const words = settings.secondFactor;
  const isSaved = useRef(false);
  useLeaveGuard(useCallback(() => !isSaved.current, []));
  const lines = codes.join('\n');
  const text = () => fill(words.fileText, { brand: brand.name, email, codes: lines });
  return (
    <div className="grid gap-6">
      <ArrivingHeading arrives lead={words.listLead}>
        {words.listHeading}
      </ArrivingHeading>
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
      <div>
        <Button
          variant="primary"
          onClick={() => {
            isSaved.current = true;
            onSaved();
          }}
        >
          {words.listSaved}
        </Button>
      </div>
    </div>
  );
}
