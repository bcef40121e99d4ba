'use client';

import type { ReactNode } from 'react';
import { CalmMessage } from '@/components/secret/calm-message';
import { EndedMessage } from '@/components/secret/ended-message';
import type { Shown } from '@/components/secret/message-view';
import { IncompleteLink } from '@/components/secret/incomplete-link';
import { OpenedSecret } from '@/components/secret/opened-secret';
import { OpenProblemText } from '@/components/secret/open-problem-text';
import type { OpenStep } from '@/components/secret/open-problem';
import { UnknownMessage } from '@/components/secret/unknown-message';
import { WaitingMessage, type Intent } from '@/components/secret/waiting-message';
import { WithTime } from '@/components/secret/with-time';
import type { SealState } from '@/components/site/seal';
import { Notice } from '@/components/ui/notice';
import { open } from '@/messages/en/open';

export interface MessageViewsProps {
  readonly shown: Shown;
  /** Whether a script put this in place of something else. */
  readonly arrives: boolean;
  readonly step: OpenStep | null;
  readonly stretchesHere: boolean;
  readonly formAction?: ((form: FormData) => void) | undefined;
  readonly onSubmit: (intent: Intent, form: HTMLFormElement) => void;
  readonly onCancel: () => void;
  readonly onHide: (byPerson: boolean) => void;
  /** The reader has a copy of their own. */
  readonly onTaken: () => void;
  readonly onLookAgain: () => void;
  readonly hiddenFields?: ReactNode;
  readonly wasAsked?: boolean;
  readonly ownPath?: string;
  /** What stands inside the form before its controls. */
  readonly children?: ReactNode;
}

/** Draws the open page as it is now. */
export function MessageViews({
  shown: { view, problem },
  arrives,
  onHide,
  onTaken,
  onLookAgain,
  children,
  ...form
}: MessageViewsProps) {
  switch (view.view) {
    case 'waiting':
    case 'repeatable': {
      const { heading, text: lead } =
        view.view === 'waiting'
          ? { ...open.waiting, text: open.waiting.lead }
          : open[view.heldUntil !== null ? 'again' : 'repeat'];
      return (
        <WaitingMessage
          heading={heading}
          lead={lead}
          expiresAt={view.view === 'waiting' ? view.expiresAt : null}
          needsPassphrase={view.needsPassphrase}
          triesLeft={view.view === 'waiting' ? view.triesLeft : null}
          problem={problem}
          arrives={arrives}
          {...form}
        >
          {children}
        </WaitingMessage>
      );
    }
    case 'opened':
      return (
        <OpenedSecret
          secret={view.secret}
          again={view.again}
          arrives={arrives}
          onHide={onHide}
          onTaken={onTaken}
        />
      );
    case 'ended':
      return <EndedMessage ending={view.ending} arrives={arrives} />;
    case 'unknown':
      return (
        <UnknownMessage words={open.unknown} arrives={arrives}>
          <p>{open.unknown.next}</p>
        </UnknownMessage>
      );
    case 'unreadable':
      return (
        <CalmMessage key="unreadable" arrives={arrives} heading={open.unreadable.heading}>
          <p>{open.unreadable.text}</p>
          <p>{open.unreadable.next}</p>
        </CalmMessage>
      );
    case 'hidden':
      return (
        <Calm key="hidden" {...open.hidden} arrives={arrives} seal="broken">
          {view.byPerson ? open.hidden.byPerson : open.hidden.byLeaving}
        </Calm>
      );
    case 'shownBefore':
      return (
        <Calm key="shownBefore" {...open.shownBefore} arrives={arrives} seal="broken">
          <WithTime sentence={open.shownBefore.text} at={view.openedAt} />
        </Calm>
      );
    case 'incomplete':
      return <IncompleteLink arrives={arrives} />;
    case 'keyless':
      return <Calm key="keyless" {...open.incomplete} arrives={arrives} />;
    case 'needsHttps':
      return <Calm key="needsHttps" {...open.needsHttps} arrives={arrives} />;
    case 'looking':
      return <Calm key="looking" {...open.looking} arrives={false} seal="closed" />;
    case 'failed':
      return (
        <CalmMessage key="failed" arrives={arrives} heading={open.failed.heading} seal="closed">
          <p>{open.failed.text}</p>
          {problem !== null && (
            <Notice tone="danger" role="alert">
              <OpenProblemText problem={problem} onRetry={onLookAgain} />
            </Notice>
          )}
        </CalmMessage>
      );
  }
}

interface CalmProps {
  readonly heading: string;
  readonly text?: string;
  readonly seal?: SealState;
  readonly arrives: boolean;
  readonly children?: ReactNode;
}

/** A calm page of one paragraph. */
function Calm({ heading, text, seal, arrives, children = text }: CalmProps) {
  return (
    <CalmMessage heading={heading} seal={seal} arrives={arrives}>
      <p>{children}</p>
    </CalmMessage>
  );
}
