import { useState } from 'react';
import type { InboxWork } from '@/components/request/use-inbox';
import { expiryOptions } from '@/components/secret/expiry-options';
import { WithTime } from '@/components/secret/with-time';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { usualOf, type ExpiresIn } from '@/lib/messages/policy';
import { requests } from '@/messages/en/requests';

const words = requests.inbox.manage.extend;

export interface ExtendRequestProps {
  readonly work: InboxWork;
  /** What the owner allows, in the order of the form. */
  readonly lifetimes: readonly ExpiresIn[];
}

/** Another lifetime counts from now and never shortens what there is, so what it came to is said. */
export function ExtendRequest({ work, lifetimes }: ExtendRequestProps) {
  const { inbox, manage, busyWith } = work;
  const [expiresIn, setExpiresIn] = useState<string>(usualOf(lifetimes) ?? '');
  const [outcome, setOutcome] = useState<'longer' | 'unchanged' | null>(null);
  const extend = () => {
    setOutcome(null);
    manage('extend', 'extendRequest', { expiresIn }, (after) =>
      setOutcome(after.expiresAt === inbox.expiresAt ? 'unchanged' : 'longer'),
    );
  };
  // One that is full takes none, and is kept for longer all the same.
  const isFull = inbox.condition === 'full';
  return (
    <div className="grid gap-3">
      <p className="text-muted">{isFull ? words.hintFull : words.hint}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label={words.label}
          value={expiresIn}
          options={expiryOptions(lifetimes)}
          onChange={({ currentTarget }) => setExpiresIn(currentTarget.value)}
        />
        <Button pending={busyWith === 'extend'} pendingText={words.pending} onClick={extend}>
          {words.submit}
        </Button>
      </div>
      <p role="status" className="empty:hidden">
        {outcome !== null && (
          <WithTime
            sentence={words[isFull ? 'kept' : 'takes'][outcome]}
            at={isFull ? inbox.keepUntil : inbox.expiresAt}
          />
        )}
      </p>
    </div>
  );
}
