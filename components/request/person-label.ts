import { asSeen } from '@/lib/visible-text';
import { requests } from '@/messages/en/requests';
import { fill, isolated } from '@/messages/fill';

interface Person {
  readonly name: string;
  readonly email: string;
}

/** 'Ada Lovelace (ada@example.org)': a name alone may be somebody else's, too. */
export function personLabel({ name, email }: Person): string {
  return fill(requests.person, { name, email });
}

/** The name, with the address where another one has that name. */
export function toldApart(person: Person, all: readonly Person[]): string {
  const seen = asSeen(person.name);
  const isOnlyOne = all.every((other) => asSeen(other.name) !== seen || other === person);
  return isOnlyOne ? isolated(person.name) : personLabel(person);
}
