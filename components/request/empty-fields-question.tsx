import { useId } from 'react';
import { listNames } from '@/components/request/list-names';
import { AskedFirst } from '@/components/ui/asked-first';
import { Button } from '@/components/ui/button';
import { common } from '@/messages/en/common';
import { reply } from '@/messages/en/reply';
import { fill } from '@/messages/fill';

export interface EmptyFieldsQuestionProps {
  /** Of the fields that were left empty; at least one. */
  readonly labels: readonly string[];
  readonly onBack: () => void;
}

/** The value of the button that sends all the same. */
export const ANYWAY = 'anyway';

/** Asks before a reply goes out with empty fields, since it may be the only one. */
export function EmptyFieldsQuestion({ labels, onBack }: EmptyFieldsQuestionProps) {
  const words = reply.empty;
  const id = useId();
  return (
    <AskedFirst labelledBy={id} className="notice notice-warning">
      <p id={id}>{fill(words.question, { fields: listNames(labels, common.language.code) })}</p>
      <div className="actions">
        <Button onClick={onBack}>{words.back}</Button>
        <Button type="submit" name="intent" value={ANYWAY}>
          {words.anyway}
        </Button>
      </div>
    </AskedFirst>
  );
}
