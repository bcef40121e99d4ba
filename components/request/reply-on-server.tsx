import { useShownErrors, type FormErrors } from '@/components/form/use-shown-errors';
import { replyErrors } from '@/components/request/reply-errors';
import { ReplyForm } from '@/components/request/reply-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Notice } from '@/components/ui/notice';
import type { ReplyFormState } from '@/lib/requests/outcomes';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import { refusals } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';

export interface ReplyOnServerProps {
  readonly linkToken: string;
  readonly nonce: string;
  readonly fields: readonly FieldDefinition[];
  readonly posted: ReplyFormState;
  readonly formAction: (form: FormData) => void;
}

const NO_ERRORS: FormErrors = {};

/** Replying without a script: the form posts itself, and the server seals what it gets at once. */
export function ReplyOnServer(props: ReplyOnServerProps) {
  const { linkToken, nonce, fields, posted, formAction } = props;
  const isRefused = posted.status === 'refused';
  const errors = useShownErrors(isRefused ? replyErrors(posted.refusal) : NO_ERRORS);
  const refusal = errors.codeOf('form');
  return (
    <ReplyForm
      fields={fields}
      sent={{ by: 'browser', action: formAction }}
      errors={errors}
      problem={refusal && <p>{refusals[refusal]}</p>}
      step={null}
    >
      <input type="hidden" name="token" value={linkToken} />
      <input type="hidden" name="nonce" value={nonce} />
      {fields.some(({ required }) => !required) && (
        <Checkbox
          id="reply-may-be-partial"
          name="mayBePartial"
          value="yes"
          label={reply.empty.box}
          hint={reply.empty.boxHint}
        />
      )}
      {isRefused && <Notice>{reply.retype}</Notice>}
    </ReplyForm>
  );
}
