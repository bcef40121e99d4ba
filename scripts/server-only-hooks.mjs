/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  if (specifier !== 'server-only') return nextResolve(specifier, context);
  return { url: 'data:text/javascript,', format: 'module', shortCircuit: true };
}
