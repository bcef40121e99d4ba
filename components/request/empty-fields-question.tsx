import { listNames } from '@/components/request/list-names';
import { Question } from '@/components/ui/question';
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
  const { question, anyway, back } = reply.empty;
  const fields = listNames(labels, common.language.code);
  return (
    <Question
      words={{ question: fill(question, { fields }), confirm: anyway, keep: back }}
      type="submit"
      name="intent"
      value={ANYWAY}
      onKeep={onBack}
    />
  );
}
