import { isolated } from '@/messages/fill';

/** 'Ada', 'Ada and Ben', 'Ada, Ben and Cleo': in the words of the page's language. */
export function listNames(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map(isolated));
}
