'use client';

import { MessageViews } from '@/components/secret/message-views';
import { ShowConfirmation } from '@/components/secret/show-confirmation';
import { MESSAGE_PATH } from '@/lib/protocol/constants';
import { useServerSealed, type ServerSealedProps } from '@/components/secret/use-server-sealed';

/** The page of a server-sealed message. Works before and without its script. */
export function ServerSealed(props: ServerSealedProps) {
  const { asksForBox, submit, cancel, hide, release, ...page } = useServerSealed(props);
  return (
    <MessageViews
      {...page}
      stretchesHere={false}
      onSubmit={(intent, form) => void submit(intent, form)}
      onCancel={cancel}
      onHide={hide}
      onTaken={release}
      onLookAgain={() => location.reload()}
      ownPath={MESSAGE_PATH + props.linkToken}
      hiddenFields={
        <>
          <input type="hidden" name="token" value={props.linkToken} />
          <input type="hidden" name="nonce" value={props.nonce} />
        </>
      }
    >
      <ShowConfirmation isAskedFor={asksForBox} />
    </MessageViews>
  );
}
