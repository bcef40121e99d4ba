/**
 * The content security policy: nothing is allowed but what is named. Scripts
 * are ours by address, and inline only by hash or nonce; styles are files;
 * WebAssembly compiles only where Argon2 runs.
 */

/**
 * Argon2 runs in a worker, and a worker goes by the policy that its own script
 * was served with. So no page needs the permission, only our script files.
 */
const WORKER_SCRIPTS = '/_next/static/';

export interface PolicyInput {
  readonly path: string;
  /** CSP source expressions such as `'nonce-…'` or `'sha256-…'`. */
  readonly inlineScripts: readonly string[];
  readonly isDevelopment: boolean;
}

export function contentSecurityPolicy({ path, inlineScripts, isDevelopment }: PolicyInput): string {
  const wasm = path.startsWith(WORKER_SCRIPTS) ? ["'wasm-unsafe-eval'"] : [];
  // The development server evaluates modules and styles as it reloads them.
  const scripts = isDevelopment ? ["'unsafe-inline'", "'unsafe-eval'"] : inlineScripts;
  const styles = isDevelopment ? ["'unsafe-inline'"] : [];
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts, ...wasm].join(' ')}`,
    `style-src ${["'self'", ...styles].join(' ')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
