/**
 * Connections: who is at the other end, how many are held, what they may be used for, and their end.
 * Rules: an address counts as what a trusted proxy says of it, and as nothing else; a connection
 * carries ordinary requests, one after the other, and is closed at anything else; one address can't
 * take the places of all the others; when the server stops, none outlives the time for closing.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isIP, type BlockList, type Socket } from 'node:net';
import { hangUpSoon } from './plain-answer';

/** Connections in all, and of one address that is no trusted proxy; what is over is closed at once. */
const MAX_CONNECTIONS = 4_000;
const MAX_PER_ADDRESS = 1_000;

/** Requests on a connection that may have come before the answer to another: each takes some memory. */
const MAX_EARLY = 16;

const REFUSAL =
  'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n';

/**
 * Bounds the connections of a server from now on.
 *
 * @returns how to cut whatever is connected
 */
export function boundConnections(server: Server, trustedProxies: BlockList): () => void {
  const sockets = new Set<Socket>();
  const ofAddress = new Map<string, number>();
  server.maxConnections = MAX_CONNECTIONS;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    const peer = socket.remoteAddress ?? '';
    const address = clientAddressOf(peer, undefined, trustedProxies);
    const held = (ofAddress.get(address) ?? 0) + 1;
    ofAddress.set(address, held);
    socket.once('close', () => {
      sockets.delete(socket);
      const left = (ofAddress.get(address) ?? 1) - 1;
      if (left === 0) ofAddress.delete(address);
      else ofAddress.set(address, left);
    });
    if (held > MAX_PER_ADDRESS && !isTrusted(peer, trustedProxies)) socket.destroy();
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

/**
 * Closes a connection at the first thing on it that is no request with an answer: another protocol
 * asked for by `Upgrade`, a tunnel, an expectation that is not known here. Without these
 * listeners such a socket would stay open, with no part of the server looking after it.
 */
export function refuseOtherProtocols(server: Server): void {
  const refuse = (_request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => undefined);
    socket.end(REFUSAL, () => socket.destroy());
  };
  server.on('upgrade', refuse);
  server.on('connect', refuse);
  server.on('checkExpectation', (request: IncomingMessage) => {
    refuse(request, request.socket);
  });
}

/**
 * Requests that were sent before the answer to the one before them was out. Nobody needs to, and they get
 * no answer; but the one that is under way goes out whole, since what it holds may have been claimed by
 * it. Then the connection ends.
 *
 * @returns whether a request is one of them, which is then dealt with
 */
export function refuseEarlyRequests(): (response: ServerResponse) => boolean {
  const early = new WeakMap<Socket, number>();
  return (response) => {
    if (response.socket !== null) return false;
    const { socket } = response.req;
    const count = (early.get(socket) ?? 0) + 1;
    early.set(socket, count);
    if (count > MAX_EARLY) socket.destroy();
    response.once('socket', () => {
      socket.end();
      hangUpSoon(socket);
    });
    return true;
  };
}

/** With brackets, quotes and a port, as proxies write them into a list; without a port as well. */
const HOP = /^"?(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?"?$/;

/** `::ffff:10.0.0.1` is `10.0.0.1`, `fe80::1%eth0` is `fe80::1`: one client, one spelling. */
function plainAddress(hop: string): string {
  const trimmed = hop.trim();
  const [, bracketed, dotted] = HOP.exec(trimmed) ?? [];
  const address = (bracketed ?? dotted ?? trimmed).replace(/%.*$/, '').toLowerCase();
  if (isIP(address) !== 6) return address;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return isMapped ? dottedOf(groups[6] ?? 0, groups[7] ?? 0) : address;
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
  return `${groupsOf(address)
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of an IPv6 address, of whichever spelling. */
function groupsOf(address: string): number[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_dotted, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = [], tail = []] = hex.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}

function dottedOf(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
