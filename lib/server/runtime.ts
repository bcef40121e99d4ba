/**
 * What must exist once in a process. The HTTP server, the start of the framework and the pages are
 * bundled apart, and each bundle has modules of its own: a variable of a module exists in each. So
 * everything that lives longer than a call is held here, by name, in the one place that all bundles
 * share. No other module of `lib/server` keeps anything (`tests/unit/server/runtime.test.ts` looks).
 *
 * What is made in one bundle may be used in another. So errors are told apart by their names, and
 * not by their classes, which exist in each bundle too.
 */
import 'server-only';

declare global {
  var sealpostRuntime: Map<string, unknown> | undefined;
}

/**
 * Gives the one `Value` of this process, which the first call makes.
 *
 * @param name of it, used nowhere else
 */
export function once<Value>(name: string, make: () => Value): () => Value {
  return () => {
    const held = (globalThis.sealpostRuntime ??= new Map<string, unknown>());
    if (!held.has(name)) held.set(name, make());
    return held.get(name) as Value;
  };
}
