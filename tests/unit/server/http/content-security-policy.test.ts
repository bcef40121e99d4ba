import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '@/lib/server/http/content-security-policy';

const policy = (path: string, isDevelopment = false) =>
  contentSecurityPolicy({ path, inlineScripts: ["'nonce-abc'"], isDevelopment });

describe('content security policy', () => {
  it('allows nothing that is not named, and no inline code without nonce or hash', () => {
    expect(policy('/')).toContain("default-src 'none'");
    expect(policy('/')).not.toContain('unsafe-inline');
    expect(policy('/')).not.toContain("'unsafe-eval'");
  });

  it('lets WebAssembly compile in our own workers, where Argon2 runs', () => {
    expect(policy('/_next/static/chunks/worker.js')).toContain("'wasm-unsafe-eval'");
  });

  it.each(['/', '/m/abc', '/how-it-works', '/s/abc', '/api/health'])('does not on %s', (path) => {
    expect(policy(path)).not.toContain('wasm-unsafe-eval');
  });

  it('names no other host', () => {
    expect(policy('/', true)).not.toMatch(/https?:|\*/);
  });
});
