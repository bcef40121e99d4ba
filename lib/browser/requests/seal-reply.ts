import { encodeBase64url } from '@/lib/protocol/base64url';
import type { RequestPublicKey } from '@/lib/protocol/bytes';
import { sealReply } from '@/lib/protocol/reply';
import type { RefusalCode } from '@/lib/refusal-code';
import { replyEnvelope } from '@/lib/requests/reply-envelope';
import type { FieldDefinition } from '@/lib/secrets/field-rules';

export interface ReplyToSeal {
  /** Checked against the link's fingerprint: see `checkRequestKey`. */
  readonly publicKey: RequestPublicKey;
  readonly fields: readonly FieldDefinition[];
  /** In the order of `fields`; one where there are none. */
  readonly values: readonly string[];
}

/**
 * Seals a reply here, so that the server gets what it can't read.
 *
 * @returns the sealed reply as base64url, or why there is none
 */
export async function sealReplyInBrowser({
  publicKey,
  fields,
  values,
}: ReplyToSeal): Promise<string | { readonly refusal: RefusalCode }> {
  const envelope = replyEnvelope(fields, values);
  return 'refusal' in envelope ? envelope : encodeBase64url(await sealReply(envelope, publicKey));
}
