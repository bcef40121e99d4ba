'use client';

import { useStanding } from '@/components/secret/standing';
import { Notice } from '@/components/ui/notice';
import { mustSignIn } from '@/lib/sealed/sending-policy';
import { compose } from '@/messages/en/compose';

/** Where only staff may send: what everybody else can do. */
export function SignInNotice() {
  const words = compose.membersOnly;
  const standing = useStanding();
  if (standing === null || !mustSignIn(standing.policy, standing.staff !== null)) return null;
  return (
    <Notice tone="warning" role="status" heading={words.heading}>
      <p>{words.text}</p>
      <p>
        <SignInLink />
      </p>
    </Notice>
  );
}

/** Comes back to the compose page; beside something typed it leaves that page where it is. */
export function SignInLink({ keepsPage = false }: { readonly keepsPage?: boolean }) {
  const { signIn, signInElsewhere } = compose.membersOnly;
  return (
    <a
      href="/sign-in?next=/"
      {...(keepsPage ? { target: '_blank', rel: 'noreferrer' } : {})}
      className="inline-flex min-h-11 items-center"
    >
      {keepsPage ? signInElsewhere : signIn}
    </a>
  );
}
