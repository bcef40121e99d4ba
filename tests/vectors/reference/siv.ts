/**
 * AES-SIV (RFC 5297) out of AES-ECB and AES-CTR: an implementation that shares
 * nothing with the product's. For vectors only.
 */
import { createCipheriv } from 'node:crypto';

const BLOCK = 16;

/** @param key 32 or 64 bytes: the MAC half, then the CTR half */
export function sealSiv(key: Buffer, associatedData: readonly Buffer[], plaintext: Buffer): Buffer {
  const half = key.length / 2;
  const siv = s2v(key.subarray(0, half), [...associatedData, plaintext]);
  const counter = Buffer.from(siv);
  counter.writeUInt8(counter.readUInt8(8) & 0x7f, 8);
  counter.writeUInt8(counter.readUInt8(12) & 0x7f, 12);
  const cipher = createCipheriv(`aes-${half * 8}-ctr`, key.subarray(half), counter);
  return Buffer.concat([siv, cipher.update(plaintext), cipher.final()]);
}

function s2v(key: Buffer, strings: readonly Buffer[]): Buffer {
  const last = strings.at(-1) ?? Buffer.alloc(0);
  const d = strings
    .slice(0, -1)
    .reduce((sum, string) => xor(double(sum), cmac(key, string)), cmac(key, Buffer.alloc(BLOCK)));
  if (last.length < BLOCK) return cmac(key, xor(double(d), fill(last)));
  const start = last.subarray(0, last.length - BLOCK);
  return cmac(key, Buffer.concat([start, xor(last.subarray(-BLOCK), d)]));
}

/** AES-CMAC, RFC 4493. */
function cmac(key: Buffer, message: Buffer): Buffer {
  const subkey = double(encryptBlock(key, Buffer.alloc(BLOCK)));
  const count = Math.max(1, Math.ceil(message.length / BLOCK));
  const tail = message.subarray((count - 1) * BLOCK);
  const last = tail.length === BLOCK ? xor(tail, subkey) : xor(fill(tail), double(subkey));
  let state: Buffer = Buffer.alloc(BLOCK);
  for (let block = 0; block < count - 1; block += 1) {
    state = encryptBlock(key, xor(state, message.subarray(block * BLOCK, (block + 1) * BLOCK)));
  }
  return encryptBlock(key, xor(state, last));
}

function encryptBlock(key: Buffer, block: Buffer): Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

function fill(block: Buffer): Buffer {
  const filled = Buffer.alloc(BLOCK);
  block.copy(filled);
  filled.writeUInt8(0x80, block.length);
  return filled;
}

/** Doubling in GF(2^128). */
function double(block: Buffer): Buffer {
  const value = BigInt(`0x${block.toString('hex')}`);
  const carry = value >> 127n === 1n ? 0x87n : 0n;
  const doubled = BigInt.asUintN(128, value << 1n) ^ carry;
  return Buffer.from(doubled.toString(16).padStart(2 * BLOCK, '0'), 'hex');
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ b.readUInt8(index)));
}
