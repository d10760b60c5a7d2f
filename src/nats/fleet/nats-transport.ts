import type { Msg } from '@nats-io/transport-node';
import { AriConnectionError } from '../../errors/connection-error.js';
import { AriProtocolError } from '../../errors/protocol-error.js';
import { AriTimeoutError } from '../../errors/timeout-error.js';
import { AriValidationError } from '../../errors/validation-error.js';
import { createdBy, parameterOf } from '../../rest/creation.js';
import type { Deadline } from '../../rest/deadline.js';
import type { AriRequest } from '../../rest/request.js';
import { requestFrame, responseOf } from '../../rest/rest-frame.js';
import type { AriResponse, Transport } from '../../rest/transport.js';
import { longestMs } from '../../support/check-option.js';
import type { Unanswered } from '../inbox.js';
import { defaultTimeoutMs, headerNames, isFailure, parse } from '../messages.js';
import type { Headers, NatsLink } from '../nats-link.js';

export interface NatsTransportOptions {
  readonly link: NatsLink;
  /** Subject of the node's requests. */
  readonly subject: string;
  /** Id of this worker. */
  readonly worker: string;
  /** Told that nobody answers for the node. */
  readonly onSilence: () => void;
}

/** Requests to the Asterisk of one node, by its relay. */
export class NatsTransport implements Transport {
  readonly #options: NatsTransportOptions;
  #isClosed = false;

  constructor(options: NatsTransportOptions) {
    this.#options = options;
  }

  async send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const { link, subject } = this.#options;
    const { operation } = request;
    if (this.#isClosed) {
      throw new AriConnectionError(`${operation.name} was not sent: the client is closed`, 'notSent');
    }
    if (operation.returns.kind === 'binary') {
      throw new AriValidationError(`${operation.name} answers with a file, and files do not travel over NATS`);
    }
    const frame = Buffer.from(requestFrame('', request));
    if (frame.length > link.maxPayload) {
      const words = `${operation.name} was not sent: it has ${frame.length} bytes, and NATS takes ${link.maxPayload}`;
      throw new AriConnectionError(words, 'notSent');
    }
    const timeoutMs = Math.max(1, Math.ceil(Math.min(deadline.leftMs, longestMs)));
    // The relay gives up in time for its answer to be here before we do.
    const answer = await deadline.limit(
      link.ask(subject, frame, timeoutMs + 50, this.#headers(request, timeoutMs)),
      'outcomeUnknown',
    );
    return typeof answer === 'string' ? this.#unanswered(request, answer, timeoutMs) : read(request, answer);
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Nothing for most requests: headers cost more than all else of a short message. */
  #headers(request: AriRequest, timeoutMs: number): Headers | undefined {
    const { blocking } = request.operation;
    const made = createdBy(request.operation);
    const creates = made?.kind === 'Channel' ? parameterOf(request, made.idName) : undefined;
    if (timeoutMs === defaultTimeoutMs && blocking === undefined && creates === undefined) {
      return undefined;
    }
    return {
      [headerNames.timeout]: String(timeoutMs),
      ...(blocking && { [headerNames.blocking]: '1' }),
      ...(creates !== undefined && { [headerNames.worker]: this.#options.worker, [headerNames.creates]: creates }),
    };
  }

  #unanswered({ operation: { name } }: AriRequest, why: Unanswered, timeoutMs: number): never {
    switch (why) {
      case 'nobody':
        this.#options.onSilence();
        throw new AriConnectionError(`${name} was not sent: no relay answers for this Asterisk`, 'notSent');
      case 'refused':
        throw new AriConnectionError(`${name} was not sent: NATS does not let this worker ask`, 'notSent');
      case 'unconnected':
        throw new AriConnectionError(`${name} was not sent: there is no connection to NATS`, 'notSent');
      case 'disconnected':
        throw new AriConnectionError(`${name}: the connection to NATS is lost`, 'outcomeUnknown');
      case 'timeout':
        throw new AriTimeoutError(`${name} got no answer within ${timeoutMs} ms`, timeoutMs, 'outcomeUnknown');
    }
  }
}

function read({ operation }: AriRequest, { data }: Msg): AriResponse {
  const answer = parse(data);
  if (typeof answer !== 'object' || answer === null) {
    throw new AriProtocolError(`${operation.name}: the relay's answer is no RESTResponse`);
  }
  if (isFailure(answer)) {
    const delivery = answer.delivery === 'notSent' ? 'notSent' : 'outcomeUnknown';
    throw new AriConnectionError(`${operation.name}: ${answer.reason}`, delivery);
  }
  return responseOf(operation, answer);
}
