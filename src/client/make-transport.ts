import type { Settings } from './settings.js';
import { HttpTransport } from '../rest/http-transport.js';
import type { SocketWire } from '../rest/socket-wire.js';
import type { Transport } from '../rest/transport.js';
import { SocketOnlyTransport } from '../rest/socket-only-transport.js';
import { WebSocketTransport } from '../rest/websocket-transport.js';

/** The transport that the settings ask for. @param wire the event connection as a way for requests */
export function makeTransport(settings: Settings, wire: SocketWire): Transport {
  if (settings.acceptance?.transport !== undefined) {
    return settings.acceptance.transport;
  }
  if (settings.acceptance?.hasHttp === false) {
    return new SocketOnlyTransport(wire, settings.maxQueued);
  }
  const http = new HttpTransport(settings);
  const { transport, maxQueued } = settings;
  return transport === 'http'
    ? http
    : new WebSocketTransport(wire, http, { sendsBlocking: transport === 'websocket', maxQueued });
}
