/** How people are named where one of them is chosen, or may read. */
import { asSeen } from '@/lib/visible-text';
import { common } from '@/messages/en/common';
import { requests } from '@/messages/en/requests';
import { fill, isolated } from '@/messages/fill';

interface Person {
  readonly name: string;
  readonly email: string;
}

/** 'Ada Lovelace (ada@example.org)': a name alone may be another person's, too. */
export function personLabel({ name, email }: Person): string {
  return fill(requests.person, { name, email });
}

/** The name, with the address where another one has that name. */
export function toldApart(person: Person, all: readonly Person[]): string {
  const seen = asSeen(person.name);
  const isOnlyOne = all.every((other) => asSeen(other.name) !== seen || other === person);
  return isOnlyOne ? isolated(person.name) : personLabel(person);
}

/** 'Ada', 'Ada and Ben', 'Ada, Ben and Cleo': in the words of the page's language. */
export function listNames(names: readonly string[], locale = common.language.code): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map(isolated));
}
