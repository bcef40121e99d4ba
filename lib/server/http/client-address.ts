import { isIP, type BlockList } from 'node:net';

/** `::ffff:10.0.0.1` is `10.0.0.1`: one client, one spelling. */
function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address.trim());
  return mapped?.[1] ?? address.trim();
}

/** True if `address` is a proxy that may speak for others. */
export function isTrusted(address: string, trustedProxies: BlockList): boolean {
  const plain = plainAddress(address);
  const family = isIP(plain);
  if (family === 0) return false;
  return trustedProxies.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The client's address: the peer's, or, behind trusted proxies, the last one in
 * `X-Forwarded-For` that is not such a proxy itself. What an untrusted peer
 * writes into that header is ignored [CVE-2024-52796]. An IPv6 client counts as
 * its /64, which is what one customer is given.
 */
export function clientAddressOf(
  peer: string,
  forwardedFor: string | undefined,
  trustedProxies: BlockList,
): string {
  let client = plainAddress(peer);
  if (isTrusted(client, trustedProxies) && forwardedFor !== undefined) {
    for (const hop of forwardedFor.split(',').reverse()) {
      const address = plainAddress(hop);
      if (isIP(address) === 0) break;
      client = address;
      if (!isTrusted(address, trustedProxies)) break;
    }
  }
  return isIP(client) === 6 ? network64(client) : client;
}

function network64(address: string): string {
  const halves = address.split('%')[0]?.split('::') ?? [];
  const head = halves[0]?.split(':').filter(Boolean) ?? [];
  const tail = halves[1]?.split(':').filter(Boolean) ?? [];
  const missing = halves.length > 1 ? 8 - head.length - tail.length : 0;
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
