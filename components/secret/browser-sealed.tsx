'use client';

import { LateWords } from '@/components/form/late-words';
import { ScriptOnly } from '@/components/form/script-only';
import { CalmMessage } from '@/components/secret/calm-message';
import { MessageViews } from '@/components/secret/message-views';
import { useBrowserSealed, type BrowserSealedProps } from '@/components/secret/use-browser-sealed';
import { useHydrated } from '@/components/secret/use-hydrated';
import { open } from '@/messages/en/open';

/** The page of a browser-sealed message: its script looks, and opens when it is told to. */
export function BrowserSealed(props: BrowserSealedProps) {
  const { submit, cancel, hide, release, lookAgain, ...page } = useBrowserSealed(props);
  if (!useHydrated()) {
    const withoutScript = (
      <CalmMessage arrives={false} heading={open.needsScript.heading}>
        <p>{open.needsScript.text}</p>
        <p>{open.needsScript.alternative}</p>
      </CalmMessage>
    );
    return (
      <ScriptOnly otherwise={withoutScript}>
        <CalmMessage arrives={false} heading={open.looking.heading} seal="closed">
          <p>{open.looking.text}</p>
          <LateWords>{open.looking.late}</LateWords>
        </CalmMessage>
      </ScriptOnly>
    );
  }
  return (
    <MessageViews
      {...page}
      stretchesHere
      onSubmit={(intent, form) => void submit(intent, form)}
      onCancel={cancel}
      onHide={hide}
      onTaken={release}
      onLookAgain={lookAgain}
    />
  );
}
