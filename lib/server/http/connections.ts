/**
 * Connections: how many are held, what they may be used for, and their end. Rules: a connection
 * carries ordinary requests, one after the other, and is closed at anything else; one address can't
 * take the places of all the others; when the server stops, none outlives the time for closing.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { clientAddressOf, isTrusted } from './client-address';

/** Connections in all, and of one address that is no trusted proxy; what is over is closed at once. */
const MAX_CONNECTIONS = 4_000;
const MAX_PER_ADDRESS = 1_000;

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
 * asked for by `Upgrade`, a tunnel, an expectation that nobody knows. Without these listeners such
 * a socket is left to whoever wants it, which is nobody.
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
