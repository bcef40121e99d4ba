import type { AccountKeyVectors } from '../account-vector-shapes';
import { accountKeys } from '../reference/account-values';
import { fixed } from '../reference/primitives';
import { hexOf } from './hex-of';
import { lockOf, stretch } from './passphrase-vectors';

export async function makeAccountKeyVectors(): Promise<AccountKeyVectors> {
  const password = 'un cafe\u0301 \uff11 la poste';
  const lock = lockOf('account');
  const { stretched } = await stretch(password, lock);
  return {
    cases: [
      keyCase('from a password, decomposed and with a full-width digit', stretched, password, lock),
      keyCase('any stretched password', fixed('stretched password', 32)),
      keyCase('all zero', Buffer.alloc(32)),
      keyCase('all one', Buffer.alloc(32, 0xff)),
    ],
    refusals: [
      refusal('empty', 0),
      refusal('half as long', 16),
      refusal('one byte short', 31),
      refusal('one byte long', 33),
    ],
  };
}

function keyCase(
  name: string,
  stretchedPassword: Buffer,
  password: string | null = null,
  lock: AccountKeyVectors['cases'][number]['lock'] = null,
) {
  return {
    name,
    password,
    lock,
    ...hexOf({ stretchedPassword, ...accountKeys(stretchedPassword) }),
  };
}

function refusal(name: string, length: number) {
  const stretchedPassword = fixed('refused', length).toString('hex');
  return { name, stretchedPassword, error: 'bad_length' };
}
