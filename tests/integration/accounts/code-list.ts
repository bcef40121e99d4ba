import { drawCodeList, hashListCode } from '@/lib/protocol/codes';

/** A list as a browser draws it for an account, and what it sends of it. */
export async function drawList(accountId: string) {
  const codes = drawCodeList();
  const codeHashes = await Promise.all(codes.map((code) => hashListCode(accountId, code)));
  return { codes, codeHashes };
}
