import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { dashboard } from '@/messages/en/dashboard';
import { fill } from '@/messages/fill';

export interface DestroySentProps {
  readonly statusToken: string;
  /** In the sender's own words; '' for none. */
  readonly label: string;
  readonly isPending: boolean;
  /** Without a script. */
  readonly formAction: (form: FormData) => void;
  readonly onSubmit: (form: FormData) => void;
}

/** Asks first, without a dialogue: what destroys is folded away under what says so. */
export function DestroySent(props: DestroySentProps) {
  const words = dashboard.destroy;
  return (
    <Disclosure summary={words.summary}>
      <form
        action={props.formAction}
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit(new FormData(event.currentTarget));
        }}
        className="grid justify-items-start gap-3"
      >
        <input type="hidden" name="token" value={props.statusToken} />
        <p className="text-muted">{words.hint}</p>
        <Button
          type="submit"
          variant="danger"
          pending={props.isPending}
          pendingText={words.pending}
          className="wrap-anywhere"
        >
          {props.label === '' ? words.unnamed : fill(words.button, { label: props.label })}
        </Button>
      </form>
    </Disclosure>
  );
}
