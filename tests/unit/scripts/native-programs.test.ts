import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inCheckout } from '@/scripts/setup/paths.mjs';

const ARGON2 = inCheckout('node_modules', 'argon2');
const isBroughtAlong = existsSync(`${ARGON2}/prebuilds/${process.platform}-${process.arch}`);

/*
 * When the binary in the package doesn't load, installing compiles another in its place: on a
 * machine with a compiler nobody notices, on any other the first start fails.
 */
it('Argon2 needs no compiler: its own binary loads on this Node', () => {
  expect(isBroughtAlong && existsSync(`${ARGON2}/build`)).toBe(false);
});
