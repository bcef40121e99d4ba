import type { Ending } from '@/lib/messages/outcomes';

type EndingKey =
  Exclude<Ending['kind'], 'burned'> | Extract<Ending, { readonly kind: 'burned' }>['by'];

/** Under which words an ending stands. */
export function endingKey(ending: Ending): EndingKey {
  return ending.kind === 'burned' ? ending.by : ending.kind;
}
