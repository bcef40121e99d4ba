import { ReplyForm } from '@/components/request/reply-form';
import { ReplyIntro } from '@/components/request/reply-intro';
import { Notice } from '@/components/ui/notice';
import type { AskedFor, ReplyFormState } from '@/lib/requests/outcomes';
import { reply } from '@/messages/en/reply';

export interface ReplyOnServerProps {
  readonly linkToken: string;
  readonly nonce: string;
  readonly asked: AskedFor;
  readonly posted: ReplyFormState;
  readonly formAction: (form: FormData) => void;
}

/** Replying without a script: the form posts itself, and the server seals what it gets at once. */
export function ReplyOnServer(props: ReplyOnServerProps) {
  const { linkToken, nonce, asked, posted, formAction } = props;
  const refusal = posted.status === 'refused' ? posted.refusal : null;
  return (
    <div className="grid gap-8">
      <ReplyIntro asked={asked} sealsHere={false} arrives={false} />
      <ReplyForm
        fields={asked.fields}
        refusal={refusal}
        problem={null}
        isBusy={false}
        action={formAction}
      >
        <input type="hidden" name="token" value={linkToken} />
        <input type="hidden" name="nonce" value={nonce} />
        {refusal !== null && <Notice>{reply.retype}</Notice>}
      </ReplyForm>
    </div>
  );
}
