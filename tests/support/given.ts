import { afterAll, beforeAll } from 'vitest';
import { createTestDatabase, type TestDatabase } from './database';

/**
 * What all tests of a file work with: made before the first of them, and put away after the last. The
 * object is there at once, and empty until then.
 */
export function given<Thing extends object>(
  make: () => Promise<Thing>,
  putAway: (thing: Thing) => Promise<void> = () => Promise.resolve(),
): Thing {
  const thing = {} as Thing;
  beforeAll(async () => {
    Object.assign(thing, await make());
  });
  afterAll(() => putAway(thing));
  return thing;
}

export const givenDatabase = (): TestDatabase =>
  given(createTestDatabase, (database) => database.drop());
