import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Engine } from '../engine/engine.js';
import { encodeResponse } from '../http/encode.js';
import { htmlReply } from '../http/html.js';
import type { Reply } from '../http/reply.js';
import { splitList } from '../params/split-list.js';
import { strip, toBoolean } from '../params/values.js';
import type { Exchange } from '../rest/exchange.js';
import type { RestRequest } from '../rest/rest-request.js';
import { EventSession } from './event-session.js';
import { RestOverWebSocket } from './rest-over-websocket.js';

/** The longest frame that Asterisk takes. */
const MAX_PAYLOAD = 65_527;
const MAX_APPLICATION_NAME = 73;

export interface EventSocketOptions {
  readonly engine: Engine;
  readonly exchange: () => Exchange;
  readonly name: string;
  /** Whether the release answers REST requests on these sockets. */
  readonly takesRequests: boolean;
}

/** Asterisk answers a close without a code with one that has it. */
class EventSocket extends WebSocket {
  override close(code = 1000, reason?: string | Buffer): void {
    super.close(code, reason);
  }
}

/** The event sockets: their handshake, and what goes on while they are open. */
export class EventSockets {
  readonly #options: EventSocketOptions;
  readonly #server: WebSocketServer;
  readonly #sessions = new Set<EventSession>();

  constructor(options: EventSocketOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      WebSocket: EventSocket,
      skipUTF8Validation: true,
      perMessageDeflate: false,
      maxPayload: MAX_PAYLOAD,
      handleProtocols: (offered) => [...offered].find((protocol) => protocol.toLowerCase() === 'ari') ?? false,
    });
  }

  /** Opens a socket for the applications that the request names, or says why not. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, pairs: RestRequest['pairs']): void {
    const app = last(pairs, 'app') ?? '';
    const names = splitList(app).map(strip);
    const refusal = this.#refusal(request, app, names);
    if (refusal) {
      socket.end(Buffer.concat(refusal.map((reply) => encodeResponse(reply, this.#options.name))));
      return;
    }
    const subscribeAll = toBoolean(last(pairs, 'subscribeAll') ?? '');
    this.#server.handleUpgrade(request, socket, head, (opened) =>
      this.#open(new EventSession(opened, socket, names), subscribeAll, request, pairs),
    );
  }

  /** Cuts the sockets of an application, or all. With a code they are closed the polite way. */
  drop(application: string | undefined, code: number | undefined): void {
    for (const session of Array.from(this.#sessions)) {
      if (application !== undefined && !session.applications.has(application)) continue;
      if (code === undefined) session.cut();
      else session.socket.close(code);
    }
  }

  /** Has every event that was sent leave now. */
  flush(): void {
    for (const session of this.#sessions) session.flush();
  }

  #open(session: EventSession, subscribeAll: boolean, request: IncomingMessage, pairs: RestRequest['pairs']): void {
    const { engine, takesRequests, exchange } = this.#options;
    const { socket } = session;
    this.#sessions.add(session);
    const requests = new RestOverWebSocket(engine, exchange(), session, {
      authorization: request.headersDistinct['authorization'] ?? [],
      apiKey: pairs.find(([name]) => name === 'api_key')?.[1],
    });
    socket.on('message', (data: Buffer, isBinary) => {
      if (takesRequests && !isBinary) requests.receive(data);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#closed(session));
    engine.run(() => {
      for (const name of session.applications) engine.applications.register(name, session, subscribeAll);
    });
  }

  #closed(session: EventSession): void {
    this.#sessions.delete(session);
    const { engine } = this.#options;
    engine.run(() => {
      for (const name of session.applications) engine.applications.disconnect(name, session);
    });
  }

  /** The answers to a handshake that fails; Asterisk sends one for each layer that notices. */
  #refusal({ headers }: IncomingMessage, app: string, names: readonly string[]): Reply[] | undefined {
    const { name } = this.#options;
    const version = headers['sec-websocket-version'];
    const protocols = headers['sec-websocket-protocol'];
    const offersAri = protocols === undefined || /(^|,)\s*ari\s*(,|$)/i.test(protocols);
    const key = headers['sec-websocket-key'];
    if (!['8', '13'].includes(version ?? '') || key === undefined || !offersAri) return [BAD_HANDSHAKE];
    if (app === '') return [htmlReply(400, 'Bad Request', 'HTTP request is missing param: [app]', name), BAD_HANDSHAKE];
    if (names.some((one) => one === '' || one.length > MAX_APPLICATION_NAME)) {
      return [
        htmlReply(500, 'Internal Server Error', 'Stasis app registration failed', name),
        htmlReply(500, 'Server Error', 'Failed to create ARI websocket session', name),
        BAD_HANDSHAKE,
      ];
    }
    return undefined;
  }
}

const BAD_HANDSHAKE: Reply = {
  status: 400,
  reason: 'Bad Request',
  headers: { 'Sec-WebSocket-Version': '7, 8, 13' },
};

function last(pairs: RestRequest['pairs'], wanted: string): string | undefined {
  return pairs.findLast(([name]) => name === wanted)?.[1];
}
