'use client';

import type { ReactNode } from 'react';
import { IncompleteLink, UnknownMessage } from '@/components/secret/calm-message';
import type { Shown } from '@/components/secret/message-view';
import { OpenedSecret } from '@/components/secret/opened-secret';
import {
  OpenProblemText,
  WaitingMessage,
  type OpenFormProps,
} from '@/components/secret/waiting-message';
import { CalmPage } from '@/components/site/calm-page';
import type { SealState } from '@/components/site/seal';
import { Notice } from '@/components/ui/notice';
import { WithTime } from '@/components/ui/time-stamp';
import { endingKey, type Ending } from '@/lib/sealed/outcomes';
import { faultHeading } from '@/messages/en/errors';
import { open } from '@/messages/en/open';

export interface MessageViewsProps extends OpenFormProps {
  readonly shown: Shown;
  /** Whether a script put this in place of something else. */
  readonly arrives: boolean;
  readonly onHide: (byPerson: boolean) => void;
  /** The reader has a copy of their own. */
  readonly onTaken: () => void;
  readonly onLookAgain: () => void;
}

/** Draws the open page as it is now. */
export function MessageViews({
  shown: { view, problem },
  arrives,
  onHide,
  onTaken,
  onLookAgain,
  ...form
}: MessageViewsProps) {
  switch (view.view) {
    case 'waiting':
    case 'repeatable':
      return <WaitingMessage {...form} view={view} problem={problem} arrives={arrives} />;
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
        <CalmPage key="unreadable" arrives={arrives} heading={open.unreadable.heading}>
          <p>{open.unreadable.text}</p>
          <p>{open.unreadable.next}</p>
        </CalmPage>
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
        <CalmPage
          key="failed"
          arrives={arrives}
          heading={problem?.isOurs === true ? faultHeading : open.failed.heading}
          seal="closed"
        >
          <p>{open.failed.text}</p>
          {problem !== null && (
            <Notice tone="danger" role="alert">
              <OpenProblemText problem={problem} onRetry={onLookAgain} />
            </Notice>
          )}
        </CalmPage>
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
    <CalmPage heading={heading} seal={seal} arrives={arrives}>
      <p>{children}</p>
    </CalmPage>
  );
}

interface EndedMessageProps {
  readonly ending: Ending;
  readonly arrives: boolean;
}

/** For a recipient who proves the link: how its message ended, when, and what that means for them. */
function EndedMessage({ ending, arrives }: EndedMessageProps) {
  const key = endingKey(ending);
  const words = open.ended[key];
  return (
    <CalmPage arrives={arrives} heading={words.heading} seal={key === 'opened' ? 'broken' : 'open'}>
      <p>
        <WithTime sentence={words.when} at={ending.at} />
      </p>
      {'alarm' in words ? (
        <Notice tone="warning">
          <p>{words.alarm}</p>
        </Notice>
      ) : (
        <p>{words.next}</p>
      )}
    </CalmPage>
  );
}
