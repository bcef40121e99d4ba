import type { AccountDesk } from './ports';

/** Why a code was not accepted: a right one of the app isn't either where nothing can check it. */
export async function refusalOfWrongCode(
  { secondFactor }: AccountDesk,
  accountId: string,
): Promise<'second_factor_wrong' | 'second_factor_unreadable'> {
  return (await secondFactor.isReadable(accountId))
    ? 'second_factor_wrong'
    : 'second_factor_unreadable';
}
