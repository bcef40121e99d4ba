import { test } from './test';
import { layWire, type Wire } from './wire';

/** `test` with everybody else's browser on a wire that records what passes. */
export const wiredTest = test.extend<{ readonly wire: Wire }>({
  wire: async ({ origin }, use) => {
    const wire = await layWire(origin);
    await use(wire);
    await wire.close();
  },
  // Whoever uses the wire leaves before it is cut.
  anotherPerson: async ({ wire, anotherPerson }, use) => {
    await use((options) => anotherPerson({ baseURL: wire.origin, ...options }));
  },
});
