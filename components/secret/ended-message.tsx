'use client';

import { CalmMessage } from '@/components/secret/calm-message';
import { endingKey } from '@/components/secret/ending-key';
import { WithTime } from '@/components/secret/with-time';
import { Notice } from '@/components/ui/notice';
import type { Ending } from '@/lib/messages/outcomes';
import { open } from '@/messages/en/open';

export interface EndedMessageProps {
  readonly ending: Ending;
  readonly arrives: boolean;
}

/** For one who proves the link: how its message ended, when, and what that means for them. */
export function EndedMessage({ ending, arrives }: EndedMessageProps) {
  const key = endingKey(ending);
  if (key === 'opened') {
    const words = open.ended[key];
    return (
      <CalmMessage arrives={arrives} heading={words.heading} seal="broken">
        <p>
          <WithTime sentence={words.when} at={ending.at} />
        </p>
        <Notice tone="warning">
          <p>{words.alarm}</p>
        </Notice>
      </CalmMessage>
    );
  }
  const words = open.ended[key];
  return (
    <CalmMessage arrives={arrives} heading={words.heading}>
      <p>
        <WithTime sentence={words.when} at={ending.at} />
      </p>
      <p>{words.next}</p>
    </CalmMessage>
  );
}
