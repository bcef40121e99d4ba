import { utf8 } from './bytes';

const NO_SALT = new Uint8Array(0);

/**
 * HKDF-SHA-256 (RFC 5869) with an empty salt; `label` is the info, or begins it. The input is
 * uniformly random or Argon2id output beside it, so the salt has nothing to add;
 * the label gives every use its own independent output.
 *
 * @param length bytes
 */
export async function deriveBytes(
  keyMaterial: Uint8Array<ArrayBuffer>,
  label: string | Uint8Array<ArrayBuffer>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', keyMaterial, 'HKDF', false, ['deriveBits']);
  const bits = await subtle.deriveBits(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: NO_SALT,
      info: typeof label === 'string' ? utf8(label) : label,
    },
    key,
    length * 8,
  );
  return new Uint8Array(bits);
}
