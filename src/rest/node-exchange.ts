import {
  request as httpRequest,
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import type { Delivery } from '../errors/delivery.js';
import { AriProtocolError } from '../errors/protocol-error.js';
import { AnswerBody } from './answer-body.js';
import type { Deadline } from './deadline.js';
import { ExchangeFailure } from './exchange-failure.js';
import type { Headers, HttpExchange } from './http-exchange.js';
import { headerOf, mediaType } from './headers.js';
import type { AriRequest } from './request.js';
import { isStatus } from './status.js';
import type { AriResponse } from './transport.js';

/** Requests by `node:http` or `node:https`, with as little as possible between the caller and the socket. */
export class NodeExchange implements HttpExchange {
  readonly #server: RequestOptions;
  readonly #send: typeof httpRequest;

  constructor(baseUrl: URL, agent: Agent) {
    const { protocol, hostname, port } = urlToHttpOptions(baseUrl);
    this.#server = { protocol, hostname, port, agent };
    this.#send = protocol === 'https:' ? httpsRequest : httpRequest;
  }

  ask(request: AriRequest, path: string, headers: Headers, deadline: Deadline): Promise<AriResponse> {
    const { name, method } = request.operation;
    return new Promise((resolve, reject) => {
      let answer: IncomingMessage | undefined;
      const { protocol, hostname, port, agent } = this.#server;
      const sent = this.#begin({ protocol, hostname, port, agent, method, path, headers });
      deadline.whenEnded(() => {
        reject(deadline.error(hasLeft(sent.socket) ? 'outcomeUnknown' : 'notSent'));
        sent.destroy();
      });
      sent.on('error', (error) => {
        // What comes after a whole answer is not worth losing it.
        if (!answer?.complete) {
          reject(protocol === 'https:' ? new ExchangeFailure(error, deliveryOver(sent.socket)) : error);
        }
      });
      sent.on('upgrade', (_response, socket: Socket) => {
        // Without a listener the socket would stay, silent, until it is idle for too long.
        socket.destroy();
        reject(new Error('the answer changes the protocol'));
      });
      sent.on('response', (response) => {
        answer = response;
        read(response, name, resolve, reject);
      });
      sent.end(request.body);
    });
  }

  /** What is thrown here is about the options, before anything is sent. */
  #begin(options: RequestOptions): ClientRequest {
    try {
      return this.#send(options);
    } catch (error) {
      throw new ExchangeFailure(error, 'notSent');
    }
  }
}

/** Until it is connected, and greeted if it speaks TLS, a socket keeps what is written to it. */
function hasLeft(socket: Socket | null): boolean {
  const { connecting = true, secureConnecting = false } = (socket ?? {}) as Partial<TLSSocket> & {
    readonly secureConnecting?: boolean;
  };
  return !connecting && !secureConnecting;
}

/** What TLS complains about may come before the request has left, or with its answer. */
function deliveryOver(socket: Socket | null): Delivery {
  return hasLeft(socket) ? 'outcomeUnknown' : 'notSent';
}

function read(
  response: IncomingMessage,
  operation: string,
  resolve: (answer: AriResponse) => void,
  reject: (error: Error) => void,
): void {
  const { statusCode: status, rawHeaders } = response;
  if (!isStatus(status)) {
    response.destroy();
    reject(new AriProtocolError(`${operation}: the answer has no status of HTTP: ${String(status)}`));
    return;
  }
  const body = new AnswerBody(operation, status >= 300);
  const finish = (): void => {
    try {
      const text = body.text(headerOf(rawHeaders, 'content-encoding'));
      resolve({ status, contentType: mediaType(headerOf(rawHeaders, 'content-type')), text });
    } catch (error) {
      reject(error as Error);
    }
  };
  response.on('data', (chunk: Buffer) => {
    try {
      if (body.add(chunk)) {
        return;
      }
      finish();
    } catch (error) {
      reject(error as Error);
    }
    response.destroy();
  });
  response.on('end', finish);
  response.on('error', reject);
}
