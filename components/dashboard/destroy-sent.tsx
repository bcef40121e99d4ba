import { IrreversibleForm } from '@/components/ui/irreversible-act';
import { dashboard } from '@/messages/en/dashboard';
import { fill } from '@/messages/fill';

export interface DestroySentProps {
  readonly statusToken: string;
  /** In the sender's own words; '' for none. */
  readonly label: string;
  readonly isPending: boolean;
  /** Whether the form was posted, without a script, to be asked. */
  readonly wasAsked: boolean;
  /** Without a script. */
  readonly formAction: (form: FormData) => void;
  readonly onSubmit: (form: FormData) => void;
}

/** Destroys a secret from the list. */
export function DestroySent(props: DestroySentProps) {
  const words = dashboard.destroy;
  return (
    <IrreversibleForm
      label={words.ask}
      words={{
        question: words.question,
        confirm: props.label === '' ? words.unnamed : fill(words.button, { label: props.label }),
        keep: words.keep,
      }}
      variant="plain"
      action={props.formAction}
      wasAsked={props.wasAsked}
      keepHref="/dashboard"
      pending={props.isPending}
      pendingText={words.pending}
      onSubmit={(form) => {
        const fields = new FormData(form);
        fields.set('intent', 'destroy');
        props.onSubmit(fields);
      }}
    >
      <input type="hidden" name="token" value={props.statusToken} />
    </IrreversibleForm>
  );
}
