import { Notice } from '@/components/ui/notice';
import type { OwnRequest } from '@/lib/accounts/views';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

const words = settings.deleteAccount;

/** The requests that end with the account, each with the way to its page, where it can be shared. */
export function OwnRequests({ requests }: { readonly requests: readonly OwnRequest[] }) {
  if (requests.length === 0) return <p>{words.nothingAlone}</p>;
  return (
    <Notice tone="warning" heading={words.aloneHeading}>
      <p>{words.aloneLead}</p>
      <ul className="grid list-disc gap-2 ps-5">
        {requests.map(({ id, question, sealedReplies }) => (
          <li key={id} className="wrap-anywhere">
            <a href={`/requests/${id}`}>{question}</a> (
            {fill(words.unopened, { count: sealedReplies })})
          </li>
        ))}
      </ul>
    </Notice>
  );
}
