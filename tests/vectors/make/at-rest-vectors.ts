import { fixed } from '../reference/primitives';
import * as values from '../reference/values';
import type { AtRestVectors } from '../vector-shapes';
import { withBitFlipped } from './altered-bytes';
import { hexOf } from './hex-of';
import { lockOf } from './passphrase-vectors';

type Refusal = AtRestVectors['refusals'][number];

export function makeAtRestVectors(): AtRestVectors {
  const { atRestKey } = values.serverKeys(fixed('server key 1', 32));
  const otherKey = values.serverKeys(fixed('server key 2', 32)).atRestKey;
  const binding: values.Binding = {
    messageId: fixed('at-rest message id', 8),
    seal: 'browser',
    expiresAtMs: 1_795_392_000_000n,
    lock: lockOf('at rest'),
    knockVerifier: fixed('at-rest knock verifier', 32),
    openVerifier: fixed('at-rest link verifier', 32),
  };
  const message = fixed('at-rest ciphertext', 300);
  const iv = fixed('at-rest IV', 12);
  const good = values.wrap(atRestKey, iv, values.atRestAssociatedData(binding), message);

  const { lock, ...rest } = binding;
  const row = {
    ...hexOf({ atRestKey, wrapped: good, ...rest }),
    lock,
    expiresAtMs: binding.expiresAtMs.toString(),
  };
  const faulty = (name: string, change: Partial<Refusal>, error = 'bad_ciphertext'): Refusal => ({
    ...row,
    name,
    error,
    ...change,
  });
  const wrapped = (bytes: Buffer) => ({ wrapped: bytes.toString('hex') });
  const swapped = {
    knockVerifier: row.openVerifier ?? '',
    openVerifier: row.knockVerifier,
  };
  return {
    refusals: [
      faulty('another epoch', { atRestKey: otherKey.toString('hex') }),
      faulty('another message id', { messageId: fixed('another id', 8).toString('hex') }),
      faulty('expiry one millisecond later', { expiresAtMs: '1795392000001' }),
      faulty('another salt', { lock: lockOf('another') }),
      faulty('lock taken away', { lock: null }),
      faulty('another open verifier', { openVerifier: fixed('another', 32).toString('hex') }),
      faulty('another knock verifier', { knockVerifier: fixed('another', 32).toString('hex') }),
      faulty('verifiers swapped', swapped),
      faulty('as a server seal', { seal: 'server' }),
      faulty('as a server seal of before', { seal: 'server', openVerifier: null }),
      faulty('open verifier taken away', { openVerifier: null }, 'bad_binding'),
      faulty('message id one byte long', { messageId: `${row.messageId}00` }, 'bad_binding'),
      faulty(
        'knock verifier one byte short',
        { knockVerifier: row.knockVerifier.slice(2) },
        'bad_binding',
      ),
      faulty('expiry before 1970', { expiresAtMs: '-1' }, 'bad_binding'),
      faulty('expiry beyond 64 bits', { expiresAtMs: (2n ** 64n).toString() }, 'bad_binding'),
      faulty('weaker cost', { lock: { ...lockOf('at rest'), passes: 1 } }, 'bad_passphrase_cost'),
      faulty('first bit of the IV flipped', wrapped(withBitFlipped(good, 0))),
      faulty('first bit of M1 flipped', wrapped(withBitFlipped(good, 96))),
      faulty('last bit of the tag flipped', wrapped(withBitFlipped(good, good.length * 8 - 1))),
      faulty('one byte short', wrapped(good.subarray(0, -1)), 'bad_length'),
      faulty('not wrapped', wrapped(message), 'bad_length'),
      faulty('empty', wrapped(Buffer.alloc(0)), 'bad_length'),
    ],
  };
}
