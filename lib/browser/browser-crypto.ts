/**
 * Whether this page may encrypt: browsers give `crypto.subtle` to https and
 * localhost only, so a page over plain http in a local network has none.
 */
export function canEncryptHere(): boolean {
  const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
  return subtle !== undefined;
}
