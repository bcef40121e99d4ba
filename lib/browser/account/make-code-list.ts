import { encodeBase64url } from '@/lib/protocol/base64url';
import { drawCodeList, hashListCode } from '@/lib/protocol/list-code';

export interface MadeCodeList {
  /** For the person, once. */
  readonly codes: readonly string[];
  /** For the server, as its forms take it. */
  readonly codeHashes: string;
}

/**
 * A new list of codes that stand in for the second factor, which nothing knows of yet.
 *
 * @param accountId whose list it will be, a UUID
 */
export async function makeCodeList(accountId: string): Promise<MadeCodeList> {
  const codes = drawCodeList();
  const hashes = await Promise.all(codes.map((code) => hashListCode(accountId, code)));
  return { codes, codeHashes: JSON.stringify(hashes.map(encodeBase64url)) };
}
