import type { Settings } from '../client/settings.js';
import { HttpTransport } from './http-transport.js';
import type { SocketWire } from './socket-wire.js';
import type { Transport } from './transport.js';
import { WebSocketTransport } from './websocket-transport.js';

/** The transport that the settings ask for. @param wire the event connection as a way for requests */
export function makeTransport(settings: Settings, wire: SocketWire): Transport {
  const http = new HttpTransport(settings);
  const { transport, maxQueued } = settings;
  return transport === 'http'
    ? http
    : new WebSocketTransport(wire, http, { sendsBlocking: transport === 'websocket', maxQueued });
}
