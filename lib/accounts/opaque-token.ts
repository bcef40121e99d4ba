/** Random tokens of links and cookies. The database keeps their SHA-256 only. */
import { decodeBase64url, encodeBase64url, randomBytes } from '@/lib/protocol/bytes';
import { ProtocolError } from '@/lib/protocol/errors';

const TOKEN_BYTES = 32;
/** Characters of one. */
export const OPAQUE_TOKEN_LENGTH = 43;

/** `OPAQUE_TOKEN_LENGTH` characters of base64url. */
export function createOpaqueToken(): string {
  return encodeBase64url(randomBytes(TOKEN_BYTES));
}

/** 32 bytes: what the database keeps of a token that was just made. */
export async function hashNewToken(token: string): Promise<Uint8Array> {
  const hash = await hashOpaqueToken(token);
  if (hash === null) throw new Error('A new token can be hashed.');
  return hash;
}

/** 32 bytes; null for what can't be such a token. No salt: a token of 256 random bits needs none. */
export async function hashOpaqueToken(token: string): Promise<Uint8Array | null> {
  try {
    const bytes = decodeBase64url(token, TOKEN_BYTES);
    return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
