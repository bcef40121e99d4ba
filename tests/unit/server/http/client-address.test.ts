import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientAddressOf } from '@/lib/server/http/connections';

function proxies(...addresses: string[]): BlockList {
  const list = new BlockList();
  for (const address of addresses) {
    if (address.includes('/')) {
      const [network = '', prefix] = address.split('/');
      list.addSubnet(network, Number(prefix), 'ipv4');
    } else list.addAddress(address, 'ipv4');
  }
  return list;
}

describe('the address that limits go by', () => {
  it('ignores X-Forwarded-For of a peer that is no trusted proxy', () => {
    expect(clientAddressOf('203.0.113.7', '198.51.100.1', proxies())).toBe('203.0.113.7');
  });

  it('takes the last hop before the trusted proxies, not what the client wrote first', () => {
    const list = proxies('10.0.0.0/8');
    expect(clientAddressOf('10.0.0.2', '1.2.3.4, 198.51.100.1, 10.0.0.1', list)).toBe(
      '198.51.100.1',
    );
  });

  it('stops at a hop that is no address', () => {
    expect(clientAddressOf('10.0.0.2', '1.2.3.4, unknown', proxies('10.0.0.2'))).toBe('10.0.0.2');
  });

  it('reads an IPv4 peer of a dual-stack socket as IPv4', () => {
    expect(clientAddressOf('::ffff:10.0.0.2', '198.51.100.1', proxies('10.0.0.2'))).toBe(
      '198.51.100.1',
    );
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('counts IPv6 client %s as its network %s', (peer, network) => {
    expect(clientAddressOf(peer, undefined, proxies())).toBe(network);
  });

  it.each([
    ['198.51.100.1:5678', '198.51.100.1'],
    ['"198.51.100.1:5678"', '198.51.100.1'],
    [' 198.51.100.1:5678 ', '198.51.100.1'],
    ['[2001:db8::1]', '2001:db8:0:0::/64'],
    ['[2001:db8::1]:5678', '2001:db8:0:0::/64'],
    ['"[2001:db8::1]:5678"', '2001:db8:0:0::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['[fe80::1%eth0]:5678', 'fe80:0:0:0::/64'],
    ['::ffff:198.51.100.1', '198.51.100.1'],
    ['[::FFFF:198.51.100.1]:5678', '198.51.100.1'],
    ['::ffff:c633:6401', '198.51.100.1'],
    ['0:0:0:0:0:ffff:c633:6401', '198.51.100.1'],
    ['::ffff:10.0.0.1:5678, 198.51.100.1', '198.51.100.1'],
    ['203.0.113.9, [::ffff:10.0.0.1]:443', '203.0.113.9'],
    ['198.51.100.1:', '10.0.0.2'],
    ['[198.51.100.1', '10.0.0.2'],
    ['198.51.100.1:5678:1', '10.0.0.2'],
    ['[]:5678', '10.0.0.2'],
  ])('reads %s of a trusted proxy as %s, so that no two clients share a limit', (hops, client) => {
    expect(clientAddressOf('10.0.0.2', hops, proxies('10.0.0.0/8'))).toBe(client);
  });
});
