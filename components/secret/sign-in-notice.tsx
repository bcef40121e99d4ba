import { Notice } from '@/components/ui/notice';
import { compose } from '@/messages/en/compose';

/** Where only staff may send: what everybody else can do. */
export function SignInNotice() {
  const words = compose.membersOnly;
  return (
    <Notice tone="warning" role="status" heading={words.heading}>
      <p>{words.text}</p>
      <p>
        <SignInLink />
      </p>
    </Notice>
  );
}

/** Comes back to the compose page. */
export function SignInLink() {
  return (
    <a href="/sign-in?next=/" className="inline-flex min-h-11 items-center">
      {compose.membersOnly.signIn}
    </a>
  );
}
